/** Inspector's details in memory: as little as their contract asks for. */
import type { Known } from '../base/known.ts';
import type { FindingDetails } from '../evidence/finding-details.ts';
import type { FindingDetailsStore } from '../pipeline/ports.ts';

interface Stored {
  readonly askedOn: string;
  readonly answer: Known<FindingDetails> | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

export const inMemoryDetails = (): FindingDetailsStore => {
  const stored = new Map<string, Stored>();
  return {
    claim: async (id, now) => {
      const before = stored.get(id);
      if (before && before.askedOn >= dayOf(now))
        return { granted: false, ...(before.answer && { answer: before.answer }) };
      const yesterday = dayOf(new Date(now.getTime() - DAY_MS));
      const isFresh = before?.answer?.known === true && before.answer.value.askedOn >= yesterday;
      stored.set(id, { askedOn: dayOf(now), answer: isFresh ? before.answer : undefined });
      return { granted: true };
    },
    put: async (id, answer, now) => {
      if ((stored.get(id)?.askedOn ?? '') <= dayOf(now)) stored.set(id, { askedOn: dayOf(now), answer });
    },
  };
};
