/** Whose each instruction is, where it is known how many of the lowest layers are the base image's. */
import type { LayerSpan } from './attribute-layers.ts';
import type { Instruction, OriginEvidence } from './instruction.ts';

export interface EntryOrigin {
  readonly origin: Instruction['origin'];
  readonly evidence: OriginEvidence;
}

/**
 * One per entry of the history. Those between the base image's last layer and the next one make no layer: only
 * `guessed` can tell them apart, if it sees the end between the same layers. Undefined where nobody knows which entry
 * made which layer.
 */
export const originsByLayers = (
  spans: readonly LayerSpan[],
  layers: number,
  guessed: readonly EntryOrigin[],
  evidence: OriginEvidence,
): readonly EntryOrigin[] | undefined => {
  if (spans.length < layers || spans.length === 0) return undefined;
  const last = layers === 0 ? -1 : (spans[layers - 1]?.last ?? -1);
  const next = spans[layers]?.first ?? guessed.length;
  const agrees = guessed[last]?.origin === 'base' && guessed[next]?.origin !== 'base';
  return guessed.map((guess, index) => {
    if (index <= last) return { origin: 'base', evidence };
    if (index >= next) return { origin: 'app', evidence };
    return agrees ? guess : { origin: 'unknown', evidence: 'none' };
  });
};
