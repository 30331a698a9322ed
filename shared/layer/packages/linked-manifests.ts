/** Manifests under a second name: pnpm and uv install packages as hard links, and the content comes under the first name only. */
import type { Component } from '../layer-report.ts';

type Named = Pick<Component, 'name' | 'version' | 'type'>;

export interface LinkedManifests {
  /** `undefined`: it names no package. */
  readonly remember: (path: string, named: Named | undefined) => void;
  readonly at: (path: string) => { readonly named: Named | undefined } | undefined;
}

/** Those that came last; what names nothing in a registry takes no more room than what does. */
export const createLinkedManifests = (most: number): LinkedManifests => {
  const manifests = new Map<string, { readonly named: Named | undefined }>();
  return {
    remember: (path, named) => {
      manifests.delete(path);
      manifests.set(path, { named: named && named.name.length + named.version.length > LONGEST ? undefined : named });
      const [oldest] = manifests.keys();
      if (manifests.size > most && oldest !== undefined) manifests.delete(oldest);
    },
    at: (path) => manifests.get(path),
  };
};

/** Longer names and versions are no component either. */
const LONGEST = 1024;
