/** What stands in Security Hub is told: each group's alert is opened once, for a message that gathers its findings. */
import pMap from 'p-map';
import { alertContent } from '../alerts/alert-content.ts';
import type { AlertContent } from '../alerts/alert-group.ts';
import { isTold } from '../alerts/told.ts';
import type { Clock } from '../base/clock.ts';
import type { SekishoError } from '../base/errors.ts';
import { err, type Result } from '../base/result.ts';
import { attempt } from './attempt.ts';
import type { AlertQueue, AlertStore } from './ports.ts';
import type { Recorded } from './record-decided.ts';

export interface OpenAlertsPorts {
  readonly alerts: AlertStore;
  readonly alertQueue: AlertQueue;
  readonly clock: Clock;
}

const GROUPS_AT_ONCE = 16;

/** One result per finding, in order; where an alert cannot be opened, the group's records come back. */
export const openAlerts = async (
  imported: readonly Result<Recorded, SekishoError>[],
  ports: OpenAlertsPorts,
  groupWaitSeconds: number,
): Promise<readonly Result<Recorded, SekishoError>[]> => {
  const told = imported.flatMap((result) =>
    result.ok && result.value.asff && isTold(result.value) ? [result.value] : [],
  );
  const failed = new Map<string, SekishoError>();
  await pMap(
    Map.groupBy(told, ({ group }) => group),
    async ([group, findings]) => {
      const opened = await attempt(() => openAlert(group, alertContent(findings), ports, groupWaitSeconds));
      if (!opened.ok) failed.set(group, opened.error);
    },
    { concurrency: GROUPS_AT_ONCE },
  );
  return imported.map((result) => {
    const error = result.ok ? failed.get(result.value.group) : undefined;
    return error ? err(error) : result;
  });
};

const openAlert = async (
  group: string,
  news: AlertContent,
  { alerts, alertQueue, clock }: OpenAlertsPorts,
  groupWaitSeconds: number,
): Promise<void> => {
  const dueAt = new Date(clock.now().getTime() + groupWaitSeconds * 1000);
  if (!(await alerts.open(group, news, dueAt))) return;
  await alertQueue.schedule(group, groupWaitSeconds);
  await alerts.markScheduled(group, dueAt);
};
