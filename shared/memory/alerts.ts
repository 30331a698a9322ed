/** Alerts in memory: as little as their contract asks for. */
import { isNews } from '../alerts/alert-content.ts';
import type { AlertContent } from '../alerts/alert-group.ts';
import type { AlertStore } from '../pipeline/ports.ts';
import { OUTCOMES } from '../priority/decision.ts';

interface Alert {
  readonly state: 'waiting' | 'sending' | 'said';
  readonly dueAt: string;
  readonly isScheduled: boolean;
  /** Milliseconds. */
  readonly claimedUntil: number;
  readonly said: AlertContent | undefined;
}

/** Nothing said is the mildest. */
const rank = ({ worst }: AlertContent): number => (worst === undefined ? 0 : OUTCOMES.indexOf(worst) + 1);

export const inMemoryAlerts = (): AlertStore => {
  const alerts = new Map<string, Alert>();
  return {
    open: async (group, news, dueAt) => {
      const alert = alerts.get(group);
      const isKnown =
        alert !== undefined &&
        ((alert.state === 'waiting' && alert.isScheduled && Date.parse(alert.dueAt) >= dueAt.getTime() - 3_600_000) ||
          (alert.state === 'said' && !isNews(news, alert.said)));
      if (isKnown) return false;
      const due = { dueAt: dueAt.toISOString(), isScheduled: false, claimedUntil: 0 };
      alerts.set(group, { state: 'waiting', ...due, said: alert?.said });
      return true;
    },
    markScheduled: async (group, dueAt) => {
      const alert = alerts.get(group);
      if (alert?.state === 'waiting' && alert.dueAt === dueAt.toISOString())
        alerts.set(group, { ...alert, isScheduled: true });
    },
    claim: async (group, now, until) => {
      const alert = alerts.get(group);
      const isFree = alert?.state === 'waiting' || (alert?.state === 'sending' && alert.claimedUntil < now.getTime());
      if (alert === undefined || !isFree) return undefined;
      alerts.set(group, { ...alert, state: 'sending', claimedUntil: until.getTime() });
      return alert.said === undefined ? {} : { said: alert.said };
    },
    markSaid: async (group, said) => {
      const alert = alerts.get(group);
      if (alert === undefined) return;
      if (alert.state === 'sending') alerts.set(group, { ...alert, state: 'said', said });
      else if (alert.said === undefined || rank(alert.said) <= rank(said)) alerts.set(group, { ...alert, said });
    },
  };
};
