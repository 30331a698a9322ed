/** Which history entry made which layer. */
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { builtFrom, type Commit, commitsOf } from './commits.ts';
import type { Instruction, LayerAttribution, UnexplainedLayer } from './instruction.ts';
import { changesNoFile, type ToldEntry } from './told-entry.ts';

/** The entries whose files one layer holds, by index: mostly one entry. */
export interface LayerSpan {
  readonly first: number;
  /** The entry that history gives the layer to. */
  readonly last: number;
}

/** `layerOf`: one per history entry, undefined for those that make no layer, and for all where nothing is attributed. */
export interface AttributedLayers {
  readonly attribution: LayerAttribution;
  readonly layerOf: readonly Instruction['layer'][];
  /** One per layer, lowest first; empty where nothing is attributed. */
  readonly spans: readonly LayerSpan[];
}

/**
 * The entries that made a layer, the config's diff ids and the manifest's layers are three lists of the same things in
 * the same order, with nothing to join them by: only where they are equally long is a layer given to an entry. Where
 * several entries share a layer it is given to the only one of them that writes files, or to none.
 */
export const attributeLayers = (
  history: readonly ToldEntry[],
  diffIds: readonly Digest[],
  layers: readonly Descriptor[],
): AttributedLayers => {
  const reason = whyNot(history, diffIds, layers);
  if (reason !== undefined)
    return { attribution: { attributed: false, reason }, layerOf: history.map(() => undefined), spans: [] };
  const commits = new Map(commitsOf(history).map((commit) => [commit.last, commit]));
  const layerOf: Instruction['layer'][] = history.map(() => undefined);
  const unexplained: UnexplainedLayer[] = [];
  const carriers = history.flatMap(({ empty_layer }, index) => (empty_layer ? [] : [index]));
  const spans = carriers.map((last, at): LayerSpan => {
    const digest = layers[at]?.digest;
    const diffId = diffIds[at];
    const commit = commits.get(last) ?? { first: last, sure: last, last };
    const maker = makerIn(history, commit);
    if (digest && diffId && typeof maker === 'number') layerOf[maker] = { digest, diffId };
    if (digest && typeof maker === 'string') unexplained.push({ digest, reason: maker });
    return { first: commit.sure, last };
  });
  const attribution = { attributed: true, ...(unexplained.length > 0 && { unexplained }) } as const;
  return { attribution, layerOf, spans };
};

const WRITES: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN']);

/** The index of the entry that made the layer, or why there is none. */
const makerIn = (history: readonly ToldEntry[], { first, sure, last }: Commit): number | string => {
  const carrier = history[last];
  // A history that begins on another image is that of a build with --squash, which puts the base image's files in too.
  if (first === 0 && carrier !== undefined && builtFrom(carrier) !== undefined)
    return 'The layer holds the files of the base image too.';
  const makers = history.flatMap(({ keyword }, index) =>
    index >= first && index <= last && WRITES.has(keyword) ? [index] : [],
  );
  const [maker = last] = makers;
  if (makers.length > 1) return `The layer holds what ${makers.length} instructions made.`;
  if (makers.length === 1 && carrier?.keyword !== 'UNKNOWN')
    return maker < sure ? 'Nothing tells which instruction made the layer.' : maker;
  if (carrier !== undefined && changesNoFile(carrier))
    return `The history gives the layer to ${carrier.keyword}, which changes no file.`;
  return makers.length === 1 ? 'Nothing tells what else the layer holds.' : last;
};

const whyNot = (
  history: readonly ToldEntry[],
  diffIds: readonly Digest[],
  layers: readonly Descriptor[],
): string | undefined => {
  if (history.length === 0) return 'The image has no history.';
  if (diffIds.length !== layers.length)
    return `The config lists ${count(diffIds.length)} and the manifest ${count(layers.length)}.`;
  const made = history.filter((entry) => !entry.empty_layer).length;
  return made === layers.length
    ? undefined
    : `The history tells of ${count(made)}, but the image has ${layers.length}.`;
};

const count = (layers: number): string => (layers === 1 ? '1 layer' : `${layers} layers`);
