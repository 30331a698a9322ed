/** Links in the place of a database or a manifest of packages, whose content comes under another name if at all. */
import type { TarEntry } from '../layer-reader.ts';
import { linkTarget } from '../tar/link-target.ts';
import { isApkDatabase } from './apk-packages.ts';
import { isDpkgDatabase } from './dpkg-packages.ts';
import { JAVA_ARCHIVE } from './java-archive.ts';
import type { LinkedManifests } from './linked-manifests.ts';
import { isNpmManifest } from './npm-packages.ts';
import type { PackageFindings } from './package-findings.ts';
import { isPythonMetadata } from './python-packages.ts';
import { isRpmDatabase } from './rpm-packages.ts';

const DATABASES = [isDpkgDatabase, isApkDatabase, isRpmDatabase] as const;

/** Directories of databases, and a name in each; `var/lib/rpm` is a link to another of them in Fedora. */
const DIRECTORIES: ReadonlyMap<string, string> = new Map([
  ['var/lib/dpkg', 'status'],
  ['lib/apk', 'db/installed'],
  ['lib/apk/db', 'installed'],
  ['usr/lib/apk', 'db/installed'],
  ['usr/lib/apk/db', 'installed'],
  ['var/lib/rpm', 'rpmdb.sqlite'],
  ['usr/lib/sysimage/rpm', 'rpmdb.sqlite'],
  ['usr/share/rpm', 'rpmdb.sqlite'],
]);

/** Of entries that are links. */
export const packageLinks =
  (findings: PackageFindings, manifests: LinkedManifests) =>
  (entry: TarEntry): void => {
    const target = linkTarget(entry);
    if (target === undefined) return;
    const { path, type } = entry;
    const below = type === 'symlink' ? DIRECTORIES.get(path) : undefined;
    const suffix = below === undefined ? '' : `/${below}`;
    const isDatabase = DATABASES.find((is) => is(`${path}${suffix}`));
    if (isDatabase) {
      if (!isDatabase(`${target}${suffix}`)) findings.unread('unreadable-archive', path, UNREAD);
    } else if (type === 'hardlink') hardLink(findings, manifests, path, target);
  };

const UNREAD = 'is a link; its content was not read under this name.';

const hardLink = (findings: PackageFindings, manifests: LinkedManifests, path: string, target: string): void => {
  const isManifest = isNpmManifest(path) || isPythonMetadata(path);
  const read = isManifest ? manifests.at(target) : undefined;
  if (read?.named) findings.add({ ...read.named, path });
  const isRead = read !== undefined || (JAVA_ARCHIVE.test(path) && JAVA_ARCHIVE.test(target));
  if ((isManifest || JAVA_ARCHIVE.test(path)) && !isRead) findings.unread('unreadable-archive', path, UNREAD);
};
