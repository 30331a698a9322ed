/** How code scanning knows a result again in the next build, and tells it from the others. */
import { createHash } from 'node:crypto';

export interface SarifFingerprints {
  /** The only one that GitHub reads; without it, results of one rule on one line would be one. */
  readonly primaryLocationLineHash: string;
  readonly 'sekisho/v1': string;
}

/**
 * For the results of one run, in their order: `parts` are what is the same for every digest. Equal parts are told apart
 * by their number, as GitHub does it with equal lines.
 */
export const fingerprints = (): ((parts: readonly string[]) => SarifFingerprints) => {
  const counts = new Map<string, number>();
  return (parts) => {
    const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return { primaryLocationLineHash: `${hash}:${count}`, 'sekisho/v1': hash };
  };
};
