/** A decided finding is kept before it goes anywhere: its newest state, and what that was decided from. */
import { explainedFromDecided } from '../alerts/explained-from-decided.ts';
import { groupedFinding } from '../alerts/grouped-finding.ts';
import type { AsffFinding } from '../asff/asff.ts';
import { asffFromDecided, type Hub } from '../asff/asff-from-decided.ts';
import type { FindingStatus } from '../finding/finding.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import type { Outcome } from '../priority/decision.ts';
import type { DecisionStore, FindingStore } from './ports.ts';

export interface RecordPorts {
  readonly findings: FindingStore;
  readonly decisions: DecisionStore;
}

export interface Recorded {
  readonly group: string;
  readonly key: FindingKey;
  readonly outcome: Outcome;
  /** At its source, or suppressed by the policy. */
  readonly status: FindingStatus;
  /** Who is told, by the policy. */
  readonly destinations: readonly string[];
  /** Absent when a newer state of the finding, or a later decision about this one, was recorded before. */
  readonly asff?: AsffFinding;
}

/** Throws the AWS_* codes and WRITE_CONFLICT. Doing it again gives the same answer, and mends what was left half done. */
export const recordDecided = async (finding: DecidedFinding, ports: RecordPorts, hub: Hub): Promise<Recorded> => {
  const proposed = groupedFinding(finding);
  const { key, outcome, status, destinations } = proposed;
  // Only a threat's image is looked up; a vulnerability names its own.
  const group = proposed.kind === 'threat' ? await ports.findings.groupOf(key, proposed.group) : proposed.group;
  const recorded = await ports.findings.record({ ...proposed, group });
  if (recorded.stale) return { group, key, outcome, status, destinations };
  await ports.decisions.put(explainedFromDecided(finding));
  const asff = asffFromDecided(finding, hub, recorded.updatedAt);
  return { group, key, outcome, status, destinations, asff };
};
