/** The layers of an image laid over each other: what is in the final tree, and what only a lower layer still holds. */
import type { LayerReport } from '../layer/layer-report.ts';
import { PATH_HASHES } from '../layer/path-set.ts';
import type { FileTree, Place } from './inspected-image.ts';
import { COMPONENT_IDENTITY, NOTABLE_IDENTITY, SECRET_IDENTITY } from './tree/identities.ts';
import { incompleteBecause } from './tree/incomplete.ts';
import { mergeFound } from './tree/merge-found.ts';
import { mergeSystem } from './tree/merge-system.ts';
import { createSpots, type Spot, type SpotBudget, type Spots } from './tree/spots.ts';

/** How many are kept of one image, those that a later layer takes away among them. */
export interface ImageBudget extends SpotBudget {
  readonly secrets: number;
  readonly notable: number;
  readonly components: number;
  /** Of each sort. */
  readonly systemFiles: number;
}

/** Far above any real image; packages and paths to their limits are some 250 MB of memory. */
export const IMAGE_BUDGET: ImageBudget = {
  secrets: 10_000,
  notable: 50_000,
  components: 200_000,
  systemFiles: 10_000,
  spots: 500_000,
  spotsLength: 64 * 1024 * 1024,
};

/** What is left of a layer's report once it is laid upon the others. */
export type MergedLayer = Pick<LayerReport, 'diffId' | 'files' | 'truncated'>;

export interface LayerMerge {
  /** The next layer, lowest first; undefined: it was never read. Of the report nothing is held that is not told. */
  readonly add: (report: LayerReport | undefined) => void;
  /** What was added, in that order. */
  readonly layers: () => readonly (MergedLayer | undefined)[];
  /** `places`: one per layer that was added. */
  readonly tree: (places: readonly Place[]) => FileTree;
}

/** Takes time in proportion to what the reports list, and memory as the budget says, for any number of layers. */
export const createLayerMerge = (budget: ImageBudget = IMAGE_BUDGET, hashes = PATH_HASHES): LayerMerge => {
  const spots = createSpots(hashes, budget);
  const secrets = mergeFound(spots, SECRET_IDENTITY, budget.secrets);
  const notable = mergeFound(spots, NOTABLE_IDENTITY, budget.notable);
  const components = mergeFound(spots, COMPONENT_IDENTITY, budget.components);
  const system = mergeSystem(spots, budget.systemFiles);
  const layers: (MergedLayer | undefined)[] = [];
  return {
    add: (report) => {
      const at = layers.length;
      layers.push(report && mergedLayer(report));
      if (report === undefined) return;
      const hidden = spots.hide(report);
      secrets.add(at, report.secrets, hidden);
      notable.add(at, report.notable, hidden);
      components.add(at, report.components, [...hidden, ...spotsOf(report.databases, spots)]);
      system.add(at, report.system, hidden);
    },
    layers: () => layers,
    tree: (places) => {
      const incomplete = incompleteBecause(
        places.map(({ layer }, at) => ({ digest: layer, report: layers[at] })),
        [
          ...(secrets.isFull() ? ['secrets'] : []),
          ...(notable.isFull() ? ['files of note'] : []),
          ...(components.isFull() ? ['packages'] : []),
          ...(system.isFull() ? ['system files'] : []),
        ],
      );
      return {
        ...(incomplete !== undefined && { incomplete }),
        notable: notable.items(places),
        secrets: secrets.items(places),
        components: components.items(places).filter(({ deletedBy }) => deletedBy === undefined),
        ...system.tree(places),
        files: layers.reduce((sum, layer) => sum + (layer?.files ?? 0), 0),
      };
    },
  };
};

const mergedLayer = ({ diffId, files, truncated }: LayerReport): MergedLayer => ({
  ...(diffId !== undefined && { diffId }),
  files,
  truncated,
});

const spotsOf = (paths: readonly string[], spots: Spots): readonly Spot[] =>
  paths.flatMap((path) => spots.at(path) ?? []);
