/** The layers of an image laid over each other: what is in the final tree, and what only a lower layer still holds. */
import type { Digest } from '../image/digest.ts';
import type { LayerReport } from '../layer/layer-report.ts';
import type { Origin } from '../rules/rule.ts';
import type { FileTree } from './inspected-image.ts';
import { COMPONENT_IDENTITY, NOTABLE_IDENTITY, SECRET_IDENTITY } from './tree/identities.ts';
import { incompleteBecause } from './tree/incomplete.ts';
import { mergeFound } from './tree/merge-found.ts';
import { mergeSystem } from './tree/merge-system.ts';
import { hiddenBy, type PathSet } from './tree/overlay.ts';

export interface LayerToMerge {
  /** Absent: the layer was never read. */
  readonly report: LayerReport | undefined;
  /** Why it was not, as a clause. */
  readonly missing?: string;
  readonly digest: Digest;
  readonly origin: Origin;
  /** Index into the image's steps. */
  readonly instruction?: number;
}

/** What is kept of an image; far above any real one. */
const LIMITS = { secrets: 10_000, notable: 50_000, components: 200_000 } as const;

/** `layers`: lowest first. `pathsFrom` reads the `paths` of a report. */
export const mergeLayers = (layers: readonly LayerToMerge[], pathsFrom: (paths: string) => PathSet): FileTree => {
  const read = layers.flatMap(({ report, digest, origin, instruction }) => {
    if (report === undefined) return [];
    const place = { layer: digest, origin, ...(instruction !== undefined && { instruction }) };
    return [{ report, place, hides: hiddenBy(report, pathsFrom(report.paths)) }];
  });
  const secrets = mergeFound(
    read.map(({ report, ...layer }) => ({ ...layer, found: report.secrets })),
    SECRET_IDENTITY,
    LIMITS.secrets,
  );
  const notable = mergeFound(
    read.map(({ report, ...layer }) => ({ ...layer, found: report.notable })),
    NOTABLE_IDENTITY,
    LIMITS.notable,
  );
  const components = mergeFound(
    read.map(({ report, place, hides }) => {
      const databases = new Set(report.databases);
      return { place, found: report.components, hides: (path: string) => databases.has(path) || hides(path) };
    }),
    COMPONENT_IDENTITY,
    LIMITS.components,
  );
  const incomplete = incompleteBecause(layers, [
    ...(secrets.leftOut ? ['secrets'] : []),
    ...(notable.leftOut ? ['files of note'] : []),
    ...(components.leftOut ? ['packages'] : []),
  ]);
  return {
    ...(incomplete !== undefined && { incomplete }),
    notable: notable.items,
    secrets: secrets.items,
    components: components.items.filter(({ deletedBy }) => deletedBy === undefined),
    ...mergeSystem(read.map(({ report, ...layer }) => ({ ...layer, system: report.system }))),
    files: read.reduce((sum, { report }) => sum + report.files, 0),
  };
};
