/** The whole inspection of one platform, once everything is read: layers laid over each other, every rule asked. */
import type { BuildStory } from '../dockerfile/steps.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { LayerReport } from '../layer/layer-report.ts';
import { pathSetFrom } from '../layer/path-set.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { Origin } from '../rules/rule.ts';
import { buildStepsFrom } from './build-steps.ts';
import type { InspectedImage } from './inspected-image.ts';
import type { InspectedLayer, Inspection } from './inspection.ts';
import { type LayerToMerge, mergeLayers } from './merge-layers.ts';
import { platformName } from './platform-name.ts';
import { IMAGE_RULES } from './rules/catalogue.ts';

export interface ReadForInspection extends Omit<InspectedImage, 'steps' | 'historyGap' | 'tree' | 'platform'> {
  readonly story: BuildStory;
  /** One per layer of the manifest, in its order; undefined: it was not scanned. */
  readonly reports: readonly (LayerReport | undefined)[];
}

/** Pure. No secret of what was read is in the answer. */
export const inspectImage = ({ story, reports, ...read }: ReadForInspection): Inspection => {
  const { manifest, config, supplyChain } = read;
  const layers = manifest.layers.map((layer, at) => placedLayer(layer, at, reports[at], story));
  const tree = mergeLayers(layers, pathSetFrom);
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
    layers: layers.map((layer, at) => inspectedLayer(layer, manifest.layers[at], config.rootfs.diff_ids, at)),
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

const placedLayer = (
  { digest }: Descriptor,
  at: number,
  report: LayerReport | undefined,
  { steps, base }: BuildStory,
): LayerToMerge => {
  const made = steps.filter(({ layer }) => layer?.digest === digest);
  // A layer that two instructions made alike, both of them empty for example, is neither's.
  const step = made.length === 1 ? made[0] : undefined;
  return {
    report,
    digest,
    origin: step?.origin ?? originByHeight(at, base.layers),
    ...(step && { instruction: step.index }),
  };
};

const originByHeight = (at: number, baseLayers: number | undefined): Origin => {
  if (baseLayers === undefined) return 'unknown';
  return at < baseLayers ? 'base' : 'app';
};

const inspectedLayer = (
  { digest, origin, instruction, report }: LayerToMerge,
  descriptor: Descriptor | undefined,
  diffIds: readonly Digest[],
  at: number,
): InspectedLayer => {
  const diffId = report?.diffId ?? diffIds[at];
  return {
    digest,
    ...(diffId !== undefined && { diffId }),
    size: descriptor?.size ?? 0,
    files: report?.files ?? 0,
    ...(instruction !== undefined && { instruction }),
    origin,
    truncated: report?.truncated ?? [{ by: 'failed', text: 'It was not scanned.' }],
  };
};
