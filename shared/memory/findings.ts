/** The newest version of each finding, in memory: as little as its contract asks for. */
import type { GroupedFinding } from '../alerts/alert-group.ts';
import type { FindingStore } from '../pipeline/ports.ts';

export const inMemoryFindings = (): FindingStore => {
  const groups = new Map<string, string>();
  const stored = new Map<string, { readonly finding: GroupedFinding; readonly updatedAt: string }>();
  return {
    record: async (finding) => {
      const place = `${finding.group} ${finding.key}`;
      const before = stored.get(place);
      if (before && before.finding.version > finding.version) return { stale: true };
      if (before?.finding.version === finding.version) return { stale: false, updatedAt: before.updatedAt };
      const earliest = before ? Date.parse(before.updatedAt) + 1 : 0;
      const updatedAt = new Date(Math.max(Date.parse(finding.observedAt), earliest)).toISOString();
      stored.set(place, { finding, updatedAt });
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
