/** The packages that a layer brings, of every package manager that is known. */
import type { LayerReader } from '../layer-reader.ts';
import { apkPackages } from './apk-packages.ts';
import { dpkgPackages } from './dpkg-packages.ts';
import { goPackages } from './go-packages.ts';
import { createHeldFile } from './held-file.ts';
import { javaPackages } from './java-packages.ts';
import { createLinkedManifests } from './linked-manifests.ts';
import { npmPackages } from './npm-packages.ts';
import { createPackageFindings, type PackageFacts } from './package-findings.ts';
import { packageLinks } from './package-links.ts';
import { pythonPackages } from './python-packages.ts';
import { rpmPackages } from './rpm-packages.ts';

export interface PackageLimits {
  readonly components: number;
  /** Of one database or archive that has to be held in memory. */
  readonly heldBytes: number;
  /** Read out of all Java archives of the layer. */
  readonly archiveBytes: number;
}

const LIMITS: PackageLimits = {
  components: 50_000,
  heldBytes: 64 * 1024 * 1024,
  archiveBytes: 1024 * 1024 * 1024,
};

/** Of which a hard link is understood: more than most applications install. */
const MOST_MANIFESTS = 10_000;

export interface PackageReader extends LayerReader {
  /** As of the entries so far. */
  readonly facts: () => PackageFacts;
}

export const createPackageReader = (limits: PackageLimits = LIMITS): PackageReader => {
  const findings = createPackageFindings(limits.components);
  const manifests = createLinkedManifests(MOST_MANIFESTS);
  const link = packageLinks(findings, manifests);
  const hold = createHeldFile(limits.heldBytes);
  const readers = [
    dpkgPackages(findings),
    apkPackages(findings),
    rpmPackages(findings, hold, limits.heldBytes),
    npmPackages(findings, manifests),
    pythonPackages(findings, manifests),
    javaPackages(findings, hold, { mostBytes: limits.heldBytes, budgetBytes: limits.archiveBytes }),
    goPackages(findings),
  ] satisfies readonly LayerReader[];
  return {
    entry: (entry) => {
      if (entry.type !== 'file') {
        link(entry);
        return undefined;
      }
      for (const reader of readers) {
        const sink = reader.entry(entry);
        if (sink !== undefined) return sink;
      }
      return undefined;
    },
    facts: findings.facts,
  };
};
