/** Inspector's details in memory: as little as their contract asks for. */
import { type Known, known } from '../base/known.ts';
import { ASK_AGAIN_AFTER_MS, dayOf, detailsStand, type FindingDetails } from '../evidence/finding-details.ts';
import type { DetailsStanding, FindingDetailsStore } from '../pipeline/ports.ts';

interface Stored {
  readonly claimedAt: Date;
  /** The last that were known. */
  readonly details: FindingDetails | undefined;
  /** Of the claim, which has brought them, or why it brought none; undefined while it is awaited. */
  readonly answer: Known<FindingDetails> | undefined;
}

export const inMemoryDetails = (): FindingDetailsStore => {
  const stored = new Map<string, Stored>();
  return {
    claim: async (id, now) => {
      const before = stored.get(id);
      const isAnswered = before?.answer?.known === true && dayOf(before.claimedAt) >= dayOf(now);
      if (before && (isAnswered || now.getTime() - before.claimedAt.getTime() < ASK_AGAIN_AFTER_MS))
        return { granted: false, ...standing(before, now) };
      stored.set(id, { claimedAt: now, details: before?.details, answer: undefined });
      return { granted: true, ...lastKnown(before, now) };
    },
    get: async (id, now) => standing(stored.get(id), now),
    put: async (id, answer, now) => {
      const before = stored.get(id);
      if (before && before.claimedAt > now) return;
      stored.set(id, { claimedAt: now, details: answer.known ? answer.value : before?.details, answer });
    },
  };
};

const lastKnown = (stored: Stored | undefined, now: Date): Pick<DetailsStanding, 'answer'> =>
  stored?.details && detailsStand(stored.details, now) ? { answer: known(stored.details) } : {};

const standing = (stored: Stored | undefined, now: Date): DetailsStanding => {
  if (stored === undefined) return {};
  const { answer, claimedAt } = stored;
  return {
    ...(answer?.known === false && { answer }),
    ...lastKnown(stored, now),
    ...(answer === undefined && { awaitedSince: claimedAt }),
  };
};
