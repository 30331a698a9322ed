/** Why the tree of an image is not all of it, as a clause. */
import { type Digest, shortDigest } from '../../image/digest.ts';
import type { LayerReport } from '../../layer/layer-report.ts';

const MAX_NAMED = 2;

interface ReadLayer {
  readonly digest: Digest;
  /** Absent: it was never read. */
  readonly report: Pick<LayerReport, 'truncated'> | undefined;
}

/** `layers`: lowest first; `leftOut`: what there was too much of to be kept. `undefined`: nothing is missing. */
export const incompleteBecause = (layers: readonly ReadLayer[], leftOut: readonly string[]): string | undefined => {
  const gaps = layers.flatMap(({ digest, report }, index) => {
    const name = `layer ${index + 1} of ${layers.length} (${shortDigest(digest)})`;
    if (report === undefined) return [`${name} was not read: it was not scanned`];
    const [first] = report.truncated;
    return first === undefined ? [] : [`${name} was not read in full: ${asClause(first.text)}`];
  });
  const more = gaps.length - MAX_NAMED;
  const all = [
    ...gaps.slice(0, MAX_NAMED),
    ...(more > 0 ? [`${more} more ${more === 1 ? 'layer was' : 'layers were'} not read in full`] : []),
    ...leftOut.map((what) => `there are more ${what} than are kept`),
  ];
  return all.length === 0 ? undefined : all.join('; ');
};

const asClause = (sentence: string): string => sentence.replace(/\.$/, '');
