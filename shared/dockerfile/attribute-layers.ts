/** Which history entry made which layer. */
import type { HistoryEntry } from '../image/config.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { Instruction, LayerAttribution } from './instruction.ts';
import { changesNoFile } from './told-entry.ts';

type LayerEntry = Pick<HistoryEntry, 'empty_layer'> & { readonly keyword: string };

/** `layerOf`: one per history entry, undefined for those that make no layer, and for all where nothing is attributed. */
export interface AttributedLayers {
  readonly attribution: LayerAttribution;
  readonly layerOf: readonly Instruction['layer'][];
}

/**
 * The entries that made a layer, the config's diff ids and the manifest's layers are three lists of the same things in
 * the same order, with nothing to join them by: only where they are equally long is a layer given to an entry. A
 * builder that puts several instructions into one layer gives that to the last of them, which need not have made it.
 */
export const attributeLayers = (
  history: readonly LayerEntry[],
  diffIds: readonly Digest[],
  layers: readonly Descriptor[],
): AttributedLayers => {
  const reason = whyNot(history, diffIds, layers);
  if (reason !== undefined)
    return { attribution: { attributed: false, reason }, layerOf: history.map(() => undefined) };
  let next = 0;
  const layerOf = history.map((entry) => {
    if (entry.empty_layer) return undefined;
    const digest = layers[next]?.digest;
    const diffId = diffIds[next];
    next += 1;
    return digest && diffId && { digest, diffId };
  });
  return { attribution: { attributed: true }, layerOf };
};

const whyNot = (
  history: readonly LayerEntry[],
  diffIds: readonly Digest[],
  layers: readonly Descriptor[],
): string | undefined => {
  if (history.length === 0) return 'The image has no history.';
  if (diffIds.length !== layers.length)
    return `The config lists ${count(diffIds.length)} and the manifest ${count(layers.length)}.`;
  const made = history.filter((entry) => !entry.empty_layer).length;
  if (made !== layers.length) return `The history tells of ${count(made)}, but the image has ${layers.length}.`;
  const wrong = history.find((entry) => !entry.empty_layer && changesNoFile(entry));
  return wrong && `The history gives a layer to ${wrong.keyword}, which changes no file.`;
};

const count = (layers: number): string => (layers === 1 ? '1 layer' : `${layers} layers`);
