/** Installed packages of Node.js: the package.json of each directory under node_modules; an application's own is none. */
import { collect, type LayerReader } from '../layer-reader.ts';
import type { LinkedManifests } from './linked-manifests.ts';
import type { PackageFindings } from './package-findings.ts';

const INSTALLED = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/;
/** Old versions of npm wrote the whole readme into it. */
const LONGEST = 4 * 1024 * 1024;

/** Of a file elsewhere, which may be a store that packages are linked from; below what may be a program. */
const LONGEST_ELSEWHERE = 32 * 1024;

export const isNpmManifest = (path: string): boolean => path.endsWith('/package.json') && INSTALLED.test(path);

export const npmPackages = (findings: PackageFindings, manifests: LinkedManifests): LayerReader => ({
  entry: ({ path, size }) => {
    if (!path.endsWith('/package.json')) return undefined;
    const isInstalled = INSTALLED.test(path);
    if (!isInstalled && size > LONGEST_ELSEWHERE) return undefined;
    return collect(LONGEST, (content) => {
      if (content === undefined) {
        if (isInstalled) findings.unread('file-size', path, 'is too long, or cut off.');
        return;
      }
      const { name, version } = fieldsOf(content.toString('utf8'));
      const isPackage = typeof name === 'string' && typeof version === 'string';
      const named = isPackage ? ({ name, version, type: 'npm' } as const) : undefined;
      manifests.remember(path, named);
      if (named && isInstalled) findings.add({ ...named, path });
    });
  },
});

/** What is no JSON is no package: npm itself would not load it. */
const fieldsOf = (text: string): { readonly name?: unknown; readonly version?: unknown } => {
  try {
    const json: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
};
