/** Packages of Alpine and its kin, as apk writes them down. */
import type { LayerReader } from '../layer-reader.ts';
import type { PackageFindings } from './package-findings.ts';
import { readStanzas, type Stanza } from './read-stanzas.ts';

/** Since Alpine 3.22 under /usr, and where /lib is a link to it. */
const DATABASES: readonly string[] = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'];

export const isApkDatabase = (path: string): boolean => DATABASES.includes(path);

export const apkPackages = (findings: PackageFindings): LayerReader => ({
  entry: ({ path }) => {
    if (!DATABASES.includes(path)) return undefined;
    const found = (stanza: Stanza): void => {
      const [name, version, architecture] = [stanza.get('P'), stanza.get('V'), stanza.get('A')];
      if (name === undefined || version === undefined) return;
      findings.add({ name, version, type: 'apk', path, ...(architecture !== undefined && { architecture }) });
    };
    return readStanzas(['P', 'V', 'A'], found, (whole) => {
      if (whole) findings.database(path);
      else findings.unread('unreadable-archive', path, 'was not read to its end.');
    });
  },
});
