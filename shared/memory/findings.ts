/** The newest version of each finding, in memory: as little as its contract asks for. */
import type { GroupedFinding } from '../alerts/alert-group.ts';
import type { FindingStore } from '../pipeline/ports.ts';
import { compareStates, isSameDecision } from '../priority/decided-state.ts';

export const inMemoryFindings = (): FindingStore => {
  const groups = new Map<string, string>();
  const stored = new Map<string, { readonly finding: GroupedFinding; readonly updatedAt: string }>();
  return {
    record: async (finding) => {
      const place = `${finding.group} ${finding.key}`;
      const before = stored.get(place);
      const isKnown = before !== undefined && isSameDecision(before.finding, finding);
      const isLater = before === undefined || compareStates(finding, before.finding) > 0;
      if (!isKnown && !isLater) return { stale: true };
      const earliest = before ? Date.parse(before.updatedAt) + 1 : 0;
      const updatedAt = isKnown
        ? before.updatedAt
        : new Date(Math.max(Date.parse(finding.observedAt), earliest)).toISOString();
      if (isLater) stored.set(place, { finding, updatedAt });
      return { stale: false, updatedAt };
    },
    groupOf: async (key, proposed) => {
      const group = groups.get(key) ?? proposed;
      groups.set(key, group);
      return group;
    },
    findingsOf: async (group) =>
      [...stored.values()].flatMap(({ finding }) => (finding.group === group ? [finding] : [])),
  };
};
