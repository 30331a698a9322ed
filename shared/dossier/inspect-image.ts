/** The whole inspection of one platform, once everything is read: layers laid over each other, every rule asked. */
import type { BuildStory } from '../dockerfile/steps.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { Origin } from '../rules/rule.ts';
import { buildStepsFrom } from './build-steps.ts';
import type { FileTree, InspectedImage, Place } from './inspected-image.ts';
import type { InspectedLayer, Inspection } from './inspection.ts';
import type { LayerMerge, MergedLayer } from './merge-layers.ts';
import { platformName } from './platform-name.ts';
import { IMAGE_RULES } from './rules/catalogue.ts';

export interface ReadForInspection extends Omit<InspectedImage, 'steps' | 'historyGap' | 'tree' | 'platform'> {
  readonly story: BuildStory;
  /** Of every layer of the manifest, in its order. */
  readonly merge: LayerMerge;
}

/** Pure. No secret of what was read is in the answer. */
export const inspectImage = ({ story, merge, ...read }: ReadForInspection): Inspection => {
  const { manifest, config, supplyChain } = read;
  const diffIds = config.rootfs.diff_ids;
  const layers = merge.layers();
  const places = manifest.layers.map((layer, at) => placeOf(layer, at, story));
  const tree = withoutLayers(merge.tree(places), diffIds.length, places.length);
  const subject: InspectedImage = {
    ...read,
    platform: platformName(config),
    steps: buildStepsFrom(story.steps),
    ...(story.historyGap !== undefined && { historyGap: story.historyGap }),
    tree,
  };
  const { fields } = tree.system.osRelease ?? {};
  const distribution = fields?.PRETTY_NAME ?? fields?.NAME;
  return {
    base: story.base,
    layers: places.map((place, at) =>
      inspectedLayer(place, layers[at], manifest.layers[at], config.rootfs.diff_ids[at]),
    ),
    verdicts: IMAGE_RULES.map((rule) => evaluate(rule, subject)),
    secrets: tree.secrets,
    supplyChain,
    ...(distribution !== undefined && { distribution }),
    components: tree.components.length,
    complete: tree.incomplete === undefined,
    ...(tree.incomplete !== undefined && { incomplete: tree.incomplete }),
    componentList: tree.components,
  };
};

/** A tree of which the config knows other layers is not the one that a container would see. */
const withoutLayers = (tree: FileTree, listed: number, there: number): FileTree => {
  if (listed === there) return tree;
  const gap = `the config lists ${listed} ${listed === 1 ? 'layer' : 'layers'}, the manifest ${there}`;
  return { ...tree, incomplete: tree.incomplete === undefined ? gap : `${gap}; ${tree.incomplete}` };
};

const placeOf = ({ digest }: Descriptor, at: number, { steps, base }: BuildStory): Place => {
  const made = steps.filter(({ layer }) => layer?.digest === digest);
  // A layer that two instructions made alike, both of them empty for example, is neither's.
  const step = made.length === 1 ? made[0] : undefined;
  return {
    layer: digest,
    origin: step?.origin ?? originByHeight(at, base.layers),
    ...(step && { instruction: step.index }),
  };
};

const originByHeight = (at: number, baseLayers: number | undefined): Origin => {
  if (baseLayers === undefined) return 'unknown';
  return at < baseLayers ? 'base' : 'app';
};

const inspectedLayer = (
  { layer, origin, instruction }: Place,
  read: MergedLayer | undefined,
  descriptor: Descriptor | undefined,
  said: Digest | undefined,
): InspectedLayer => {
  const diffId = read?.diffId ?? said;
  return {
    digest: layer,
    ...(diffId !== undefined && { diffId }),
    size: descriptor?.size ?? 0,
    files: read?.files ?? 0,
    ...(instruction !== undefined && { instruction }),
    origin,
    truncated: read?.truncated ?? [{ by: 'failed', text: 'It was not scanned.' }],
  };
};
