/** What each finding was decided from, in memory: as little as its contract asks for. */
import type { ExplainedFinding } from '../alerts/explained-finding.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { DecisionStore } from '../pipeline/ports.ts';
import { compareStates } from '../priority/decided-state.ts';

export const inMemoryDecisions = (): DecisionStore => {
  const kept = new Map<FindingKey, ExplainedFinding>();
  return {
    put: async (explained) => {
      const before = kept.get(explained.key);
      if (before === undefined || compareStates(explained, before) > 0) kept.set(explained.key, explained);
    },
    get: async (key) => kept.get(key),
  };
};
