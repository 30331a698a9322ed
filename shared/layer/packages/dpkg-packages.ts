/** Packages of Debian and its kin: dpkg's status file, and the one file per package of images built without dpkg. */
import type { LayerReader } from '../layer-reader.ts';
import type { PackageFindings } from './package-findings.ts';
import { readStanzas, type Stanza } from './read-stanzas.ts';

const STATUS = 'var/lib/dpkg/status';
/** Distroless images have a file for each package here, beside it its checksums. */
const FILE_PER_PACKAGE = /^var\/lib\/dpkg\/status\.d\/[^/]+(?<!\.md5sums)$/;

const FIELDS = ['Package', 'Status', 'Version', 'Architecture'] as const;
/** Wanted state, flag, state: what is removed keeps its stanza as long as its configuration files stay. */
const INSTALLED = /^\S+ ok installed$/;

export const isDpkgDatabase = (path: string): boolean => path === STATUS || FILE_PER_PACKAGE.test(path);

export const dpkgPackages = (findings: PackageFindings): LayerReader => ({
  entry: ({ path }) => {
    const single = FILE_PER_PACKAGE.test(path);
    if (path !== STATUS && !single) return undefined;
    let packages = 0;
    const found = (stanza: Stanza): void => {
      const { name, version, architecture } = wanted(stanza);
      const installed = INSTALLED.test(stanza.get('Status') ?? (single ? 'install ok installed' : ''));
      if (!installed || name === undefined || version === undefined) return;
      findings.add({ name, version, type: 'deb', path, ...(architecture !== undefined && { architecture }) });
      packages += 1;
    };
    return readStanzas(FIELDS, found, (whole) => {
      if (!whole) findings.unread('unreadable-archive', path, 'was not read to its end.');
      else if (!single || packages > 0) findings.database(path);
    });
  },
});

const wanted = (stanza: Stanza) => ({
  name: stanza.get('Package'),
  version: stanza.get('Version'),
  architecture: stanza.get('Architecture'),
});
