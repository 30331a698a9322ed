/** The ladder of evidence for what is the base image's: provenance, labels, layers of known images, history. */
import type { LayerSpan } from './attribute-layers.ts';
import type { BaseImage, KnownBase } from './base-image.ts';
import { baseLabelSetAt, type NamedBase, namedBase } from './base-labels.ts';
import type { OriginEvidence } from './instruction.ts';
import { type EntryOrigin, originsByLayers } from './origins-by-layers.ts';
import type { ToldBuild, WrittenBuild } from './written-build.ts';

export interface LadderEvidence extends ToldBuild {
  readonly written?: WrittenBuild;
  /** One per layer; empty where nobody knows which entry made which layer. */
  readonly spans: readonly LayerSpan[];
  /** Of the manifest. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Of the config. */
  readonly labels: Readonly<Record<string, string>>;
  readonly known: readonly KnownBase[];
  /** What history guesses, one per entry; all `unknown` where it cannot be trusted. */
  readonly guessed: readonly EntryOrigin['origin'][];
}

export interface Ladder {
  readonly base: BaseImage;
  /** One per entry. */
  readonly origins: readonly EntryOrigin[];
}

/** The stronger rung wins; what it does not say is taken from the next one down, and stays that one's. */
export const climbLadder = (evidence: LadderEvidence): Ladder => {
  const known = knownBelow(evidence);
  const origins = originsFrom(evidence, known[0]?.layers);
  const name = nameFrom(evidence, known, origins);
  const layers = layersFrom(evidence, known[0]?.layers, origins);
  const told = origins.find((origin) => origin.evidence !== 'none')?.evidence ?? 'none';
  const rung = name?.evidence ?? layers?.evidence ?? told;
  const base = {
    ...name,
    ...(layers && { layers: layers.count }),
    evidence: rung,
    ...(layers && layers.evidence !== rung && { layersEvidence: layers.evidence }),
  };
  return { base, origins };
};

/**
 * The known images that are the base by their layers: the one that the annotations name, else the tallest ones. An
 * image with all the layers and no more is the same one under another name, and nobody's base.
 */
const knownBelow = ({ known, layers, annotations }: LadderEvidence): readonly KnownBase[] => {
  const lower = known.filter((image) => image.layers > 0 && image.layers < layers.length);
  const annotated = namedBase(annotations)?.digest;
  const named = lower.filter(({ digest }) => digest === annotated);
  const height = Math.max(...lower.map((image) => image.layers));
  return named.length > 0 ? named : lower.filter((image) => image.layers === height);
};

const originsFrom = (evidence: LadderEvidence, knownLayers: number | undefined): readonly EntryOrigin[] => {
  const { written, entries } = evidence;
  const guessed = evidence.guessed.map(
    (origin): EntryOrigin => ({ origin, evidence: origin === 'unknown' ? 'none' : 'history' }),
  );
  if (written !== undefined) {
    const below = entryOriginsBelow(evidence, written, guessed);
    return entries.map((_, index) => ({
      origin: index >= written.start ? 'app' : 'base',
      evidence: 'provenance',
      ...(index < written.start && below?.[index]),
    }));
  }
  return (
    (knownLayers === undefined ? undefined : originsByLayers(evidence.spans, knownLayers, guessed, 'layers')) ?? guessed
  );
};

/** Between the base image's layers and the first instruction can stand what triggers of the base image had made. */
const entryOriginsBelow = (
  evidence: LadderEvidence,
  { layers, start }: WrittenBuild,
  guessed: readonly EntryOrigin[],
): readonly EntryOrigin[] | undefined => {
  const made = evidence.spans.filter(({ last }) => last < start).length;
  return layers !== undefined && layers < made
    ? originsByLayers(evidence.spans, layers, guessed, 'provenance')
    : undefined;
};

const nameFrom = (
  { written, annotations, labels, entries, known }: LadderEvidence,
  below: readonly KnownBase[],
  origins: readonly EntryOrigin[],
): (NamedBase & { readonly evidence: OriginEvidence }) | undefined => {
  if (written?.name !== undefined || written?.digest !== undefined)
    return {
      ...(written.name && { name: written.name }),
      ...(written.digest && { digest: written.digest }),
      evidence: 'provenance',
    };
  const labelled = namedBase(labels);
  const inherited =
    origins[baseLabelSetAt(entries)]?.origin === 'base' ||
    known.some(({ digest, layers }) => digest === labelled?.digest && layers < (below[0]?.layers ?? 0));
  const named = namedBase(annotations) ?? (inherited ? undefined : labelled);
  if (named !== undefined) return { ...named, evidence: 'labels' };
  const [first] = below;
  if (first === undefined) return undefined;
  const name = below.every((image) => image.name === first.name) && first.name;
  const digest = below.every((image) => image.digest === first.digest) && first.digest;
  return { ...(name && { name }), ...(digest && { digest }), evidence: 'layers' };
};

const layersFrom = (
  { written, spans }: LadderEvidence,
  knownLayers: number | undefined,
  origins: readonly EntryOrigin[],
): { readonly count: number; readonly evidence: OriginEvidence } | undefined => {
  if (written?.layers !== undefined) return { count: written.layers, evidence: 'provenance' };
  if (written === undefined && knownLayers !== undefined) return { count: knownLayers, evidence: 'layers' };
  if (spans.length === 0) return undefined;
  // Where entries of unknown origin make layers, the base image's can be among them.
  const unsure = spans.some(({ last }) => origins[last]?.origin === 'unknown');
  const told = origins.find(({ origin }) => origin === 'base')?.evidence;
  const count = spans.filter(({ last }) => origins[last]?.origin === 'base').length;
  return unsure || told === undefined ? undefined : { count, evidence: told };
};
