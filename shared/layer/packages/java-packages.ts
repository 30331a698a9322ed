/** Java libraries: archives as files, and those that applications carry inside their own. */
import type { LayerReader } from '../layer-reader.ts';
import type { HoldFile } from './held-file.ts';
import { JAVA_ARCHIVE, type ReadBudget, readJavaArchive } from './java-archive.ts';
import { type JavaPackage, packageFromFileName } from './java-metadata.ts';
import type { PackageFindings } from './package-findings.ts';
import { beginsAsZip } from './zip-archive.ts';

export interface JavaLimits {
  /** Of one archive. */
  readonly mostBytes: number;
  /** Read out of all archives of a layer. */
  readonly budgetBytes: number;
}

export const javaPackages = (findings: PackageFindings, hold: HoldFile, limits: JavaLimits): LayerReader => {
  const budget: ReadBudget = { left: limits.budgetBytes };
  return {
    entry: (entry) => {
      const { path, size } = entry;
      if (!JAVA_ARCHIVE.test(path)) return undefined;
      const name = path.slice(path.lastIndexOf('/') + 1);
      const seen = new Set<string>();
      const found = (java: JavaPackage | undefined): void => {
        const key = java && `${java.name} ${java.version}`;
        if (java === undefined || key === undefined || seen.has(key)) return;
        seen.add(key);
        findings.add({ ...java, type: 'maven', path });
      };
      if (size > limits.mostBytes) {
        findings.unread('file-size', path, `has more than ${limits.mostBytes} bytes and was not read.`);
        found(packageFromFileName(name));
        return undefined;
      }
      return hold(entry, (archive) => {
        // One sentence of a kind is enough for a file.
        const skipped = new Set<string>();
        const reading = {
          found,
          skipped: (by, why) => {
            if (!skipped.has(why)) findings.unread(by, path, why);
            skipped.add(why);
          },
          budget,
        } satisfies Parameters<typeof readJavaArchive>[2];
        if (archive === undefined) findings.unread('unreadable-archive', path, 'is cut off.');
        else if (!readJavaArchive(archive, name, reading) && beginsAsZip(archive)) {
          findings.unread('unreadable-archive', path, 'is damaged.');
        }
      });
    },
  };
};
