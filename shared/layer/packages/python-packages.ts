/** Installed distributions of Python: the headers of the metadata file that each has. */
import { headOf, linesOf } from '../files/head.ts';
import type { LayerReader } from '../layer-reader.ts';
import type { LinkedManifests } from './linked-manifests.ts';
import type { PackageFindings } from './package-findings.ts';

/** Wheels; eggs as directories, with their metadata beside or inside; what distutils installed. */
const METADATA = ['.dist-info/METADATA', '.egg-info/PKG-INFO', '.egg/EGG-INFO/PKG-INFO', '.egg-info'] as const;
/** The headers that are wanted come first; behind an empty line follows the readme. */
const HEADERS = 64 * 1024;

export const isPythonMetadata = (path: string): boolean => METADATA.some((end) => path.endsWith(end));

export const pythonPackages = (findings: PackageFindings, manifests: LinkedManifests): LayerReader => ({
  entry: ({ path }) => {
    if (!isPythonMetadata(path)) return undefined;
    return headOf(HEADERS, (text) => {
      const lines = linesOf(text);
      const headers = lines.slice(0, lines.includes('') ? lines.indexOf('') : lines.length);
      const [name, version] = [headerOf(headers, 'name:'), headerOf(headers, 'version:')];
      const isPackage = name !== undefined && version !== undefined;
      const named = isPackage ? ({ name, version, type: 'pypi' } as const) : undefined;
      manifests.remember(path, named);
      if (named) findings.add({ ...named, path });
    });
  },
});

const headerOf = (lines: readonly string[], name: string): string | undefined =>
  lines
    .find((line) => line.slice(0, name.length).toLowerCase() === name)
    ?.slice(name.length)
    .trim();
