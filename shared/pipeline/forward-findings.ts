/** Decided findings reach Security Hub, and open the alert of their image. */

import pMap from 'p-map';
import type { Hub } from '../asff/asff-from-decided.ts';
import type { SekishoError } from '../base/errors.ts';
import { ok, type Result } from '../base/result.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { compareStates } from '../priority/decided-state.ts';
import { attempt } from './attempt.ts';
import { type OpenAlertsPorts, openAlerts } from './open-alerts.ts';
import type { FindingSink } from './ports.ts';
import { type Recorded, type RecordPorts, recordDecided } from './record-decided.ts';
import { DONE, type Settled } from './settled.ts';

export interface ForwardPorts extends RecordPorts, OpenAlertsPorts {
  readonly hub: FindingSink;
}

export interface ForwardSettings {
  /** The hub that is written to: an import must come from the account that it names. */
  readonly hub: Hub;
  /** How long an image's findings are gathered before its message goes out. */
  readonly groupWaitSeconds: number;
}

const WRITES_AT_ONCE = 16;

/**
 * One result per finding, in order. A finding that a newer state has overtaken, in this batch or before, is done: the
 * newer one is on its way or has been here.
 */
export const forwardFindings = async (
  decided: readonly DecidedFinding[],
  ports: ForwardPorts,
  { hub, groupWaitSeconds }: ForwardSettings,
): Promise<readonly Result<Settled, SekishoError>[]> => {
  const newest = newestOfEach(decided);
  const recorded = await pMap(newest, (finding) => attempt(() => recordDecided(finding, ports, hub)), {
    concurrency: WRITES_AT_ONCE,
  });
  const imported = await importFindings(recorded, ports.hub);
  const alerted = await openAlerts(imported, ports, groupWaitSeconds);
  const answers = new Map(newest.map((finding, index) => [finding, alerted[index]]));
  return decided.map((finding) => {
    const answer = answers.get(finding);
    return answer === undefined || answer.ok ? ok(DONE) : answer;
  });
};

/** Security Hub takes only the first of two states of one finding in a call, so a batch holds the newest alone. */
const newestOfEach = (decided: readonly DecidedFinding[]): readonly DecidedFinding[] => {
  const newest = new Map<FindingKey, DecidedFinding>();
  for (const finding of decided) {
    const { key } = finding.enriched.finding;
    const before = newest.get(key);
    if (before === undefined || compareStates(finding, before) > 0) newest.set(key, finding);
  }
  return [...newest.values()];
};

const importFindings = async (
  recorded: readonly Result<Recorded, SekishoError>[],
  hub: FindingSink,
): Promise<readonly Result<Recorded, SekishoError>[]> => {
  const findings = recorded.flatMap((result) => (result.ok && result.value.asff ? [result.value.asff] : []));
  const sent = await hub.send(findings);
  const answers = new Map(findings.map((finding, index) => [finding, sent[index]]));
  return recorded.map((result) => {
    const answer = result.ok && result.value.asff ? answers.get(result.value.asff) : undefined;
    return answer === undefined || answer.ok ? result : answer;
  });
};
