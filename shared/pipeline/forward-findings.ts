/** Decided findings reach Security Hub, and open the alert of their image. */

import pMap from 'p-map';
import { alertContent } from '../alerts/alert-content.ts';
import type { AlertContent } from '../alerts/alert-group.ts';
import { groupedFinding } from '../alerts/grouped-finding.ts';
import type { AsffFinding } from '../asff/asff.ts';
import { asffFromDecided } from '../asff/asff-from-decided.ts';
import type { Clock } from '../base/clock.ts';
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { FindingStatus } from '../finding/finding.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import type { Outcome } from '../priority/decision.ts';
import { isWorse } from '../priority/worst-outcome.ts';
import type { AlertQueue, AlertStore, FindingSink, FindingStore } from './ports.ts';
import { DONE, type Settled } from './settled.ts';

export interface ForwardPorts {
  readonly findings: FindingStore;
  readonly hub: FindingSink;
  readonly alerts: AlertStore;
  readonly alertQueue: AlertQueue;
  readonly clock: Clock;
}

export interface ForwardSettings {
  /** The hub that is written to: an import must come from the account that it names. */
  readonly hub: { readonly account: string; readonly region: string; readonly partition: string };
  /** How long an image's findings are gathered before its message goes out. */
  readonly groupWaitSeconds: number;
  /** The mildest outcome that opens a chat message. */
  readonly chatFrom: Outcome;
}

const WRITES_AT_ONCE = 16;

interface Forwarded {
  readonly group: string;
  readonly key: FindingKey;
  readonly outcome: Outcome;
  readonly status: FindingStatus;
  /** Absent when a newer state of the finding was recorded before. */
  readonly asff?: AsffFinding;
}

/**
 * One result per finding, in order. A finding that a newer state has overtaken, in this batch or before, is done: the
 * newer one is on its way or has been here.
 */
export const forwardFindings = async (
  decided: readonly DecidedFinding[],
  ports: ForwardPorts,
  settings: ForwardSettings,
): Promise<readonly Result<Settled, SekishoError>[]> => {
  const newest = newestOfEach(decided);
  const recorded = await pMap(newest, (finding) => record(finding, ports, settings), { concurrency: WRITES_AT_ONCE });
  const imported = await importFindings(recorded, ports.hub);
  const alerted = await openAlerts(imported, ports, settings);
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
    if (before === undefined || finding.version > before.version) newest.set(key, finding);
  }
  return [...newest.values()];
};

const record = async (
  finding: DecidedFinding,
  ports: ForwardPorts,
  settings: ForwardSettings,
): Promise<Result<Forwarded, SekishoError>> => {
  try {
    const proposed = groupedFinding(finding);
    const { key, outcome, status } = proposed;
    // Only a threat's image is looked up; a vulnerability names its own.
    const group = proposed.kind === 'threat' ? await ports.findings.groupOf(key, proposed.group) : proposed.group;
    const recorded = await ports.findings.record({ ...proposed, group });
    const asff = recorded.stale ? undefined : asffFromDecided(finding, settings.hub, recorded.updatedAt);
    return ok({ group, key, outcome, status, ...(asff && { asff }) });
  } catch (thrown) {
    return err(sekishoErrorFrom(thrown));
  }
};

const importFindings = async (
  recorded: readonly Result<Forwarded, SekishoError>[],
  hub: FindingSink,
): Promise<readonly Result<Forwarded, SekishoError>[]> => {
  const findings = recorded.flatMap((result) => (result.ok && result.value.asff ? [result.value.asff] : []));
  const sent = await hub.send(findings);
  const answers = new Map(findings.map((finding, index) => [finding, sent[index]]));
  return recorded.map((result) => {
    const answer = result.ok && result.value.asff ? answers.get(result.value.asff) : undefined;
    return answer === undefined || answer.ok ? result : answer;
  });
};

/** Only what stands in Security Hub is told; where an alert cannot be opened, the group's records come back. */
const openAlerts = async (
  imported: readonly Result<Forwarded, SekishoError>[],
  ports: ForwardPorts,
  settings: ForwardSettings,
): Promise<readonly Result<Forwarded, SekishoError>[]> => {
  const told = imported.flatMap((result) =>
    result.ok &&
    result.value.asff &&
    result.value.status === 'active' &&
    !isWorse(settings.chatFrom, result.value.outcome)
      ? [result.value]
      : [],
  );
  const failed = new Map<string, SekishoError>();
  await pMap(
    Map.groupBy(told, ({ group }) => group),
    async ([group, findings]) => {
      try {
        await openAlert(group, alertContent(findings), ports, settings);
      } catch (thrown) {
        failed.set(group, sekishoErrorFrom(thrown));
      }
    },
    { concurrency: WRITES_AT_ONCE },
  );
  return imported.map((result) => {
    const error = result.ok ? failed.get(result.value.group) : undefined;
    return error ? err(error) : result;
  });
};

const openAlert = async (
  group: string,
  news: AlertContent,
  ports: ForwardPorts,
  settings: ForwardSettings,
): Promise<void> => {
  const dueAt = new Date(ports.clock.now().getTime() + settings.groupWaitSeconds * 1000);
  if (!(await ports.alerts.open(group, news, dueAt))) return;
  await ports.alertQueue.schedule(group, settings.groupWaitSeconds);
  await ports.alerts.markScheduled(group, dueAt);
};
