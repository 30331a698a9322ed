/** Installed packages of Node.js: the package.json of each directory under node_modules; an application's own is none. */
import { collect, type LayerReader } from '../layer-reader.ts';
import type { PackageFindings } from './package-findings.ts';

const INSTALLED = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/;
/** Old versions of npm wrote the whole readme into it. */
const LONGEST = 4 * 1024 * 1024;

export const npmPackages = (findings: PackageFindings): LayerReader => ({
  entry: ({ path }) => {
    if (!path.endsWith('/package.json') || !INSTALLED.test(path)) return undefined;
    return collect(LONGEST, (content) => {
      if (content === undefined) findings.unread('file-size', path, 'is too long, or cut off.');
      const { name, version } = fieldsOf(content?.toString('utf8') ?? '');
      if (typeof name === 'string' && typeof version === 'string') findings.add({ name, version, type: 'npm', path });
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
