/** Inspector's details in memory: as little as their contract asks for. */
import { known, unknown } from '../base/known.ts';
import { ASK_AGAIN_AFTER_MS, dayOf, detailsStand, type FindingDetails } from '../evidence/finding-details.ts';
import type { DetailsStanding, FindingDetailsStore } from '../pipeline/ports.ts';

interface Stored {
  readonly claimedAt: Date;
  /** The last that were known. */
  readonly details: FindingDetails | undefined;
  /** Of the claim; undefined while there is none. */
  readonly answer: { readonly reason?: string; readonly forTheDay: boolean } | undefined;
}

export const inMemoryDetails = (): FindingDetailsStore => {
  const stored = new Map<string, Stored>();
  return {
    claim: async (id, now) => {
      const before = stored.get(id);
      const isAnswered = before?.answer?.forTheDay === true && dayOf(before.claimedAt) >= dayOf(now);
      if (before && (isAnswered || now.getTime() - before.claimedAt.getTime() < ASK_AGAIN_AFTER_MS))
        return { granted: false, ...standing(before, now) };
      stored.set(id, { claimedAt: now, details: before?.details, answer: undefined });
      return { granted: true, ...lastKnown(before, now) };
    },
    get: async (id, now) => standing(stored.get(id), now),
    put: async (id, answer, now) => {
      const before = stored.get(id);
      if (before && before.claimedAt > now) return;
      stored.set(
        id,
        answer.known
          ? { claimedAt: now, details: answer.value, answer: { forTheDay: true } }
          : {
              claimedAt: now,
              details: before?.details,
              answer: { reason: answer.reason, forTheDay: answer.retryable !== true },
            },
      );
    },
  };
};

const lastKnown = (stored: Stored | undefined, now: Date): Pick<DetailsStanding, 'answer'> =>
  stored?.details && detailsStand(stored.details, now) ? { answer: known(stored.details) } : {};

const standing = (stored: Stored | undefined, now: Date): DetailsStanding => {
  if (stored === undefined) return {};
  const reason = stored.answer?.reason;
  return {
    ...(reason !== undefined && { answer: unknown(reason) }),
    ...lastKnown(stored, now),
    ...(stored.answer === undefined && { awaitedSince: stored.claimedAt }),
  };
};
