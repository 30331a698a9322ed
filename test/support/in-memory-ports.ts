/** The ports with a state, in memory: as little as their contracts ask for. */
import { isNews } from '../../shared/alerts/alert-content.ts';
import type { AlertContent, GroupedFinding } from '../../shared/alerts/alert-group.ts';
import type { Dossier } from '../../shared/dossier/dossier.ts';
import { imageArn } from '../../shared/image/image-reference.ts';
import type { AlertStore, DossierStore, FindingStore } from '../../shared/pipeline/ports.ts';
import { isWorse } from '../../shared/priority/worst-outcome.ts';

export const inMemoryDossiers = (): DossierStore => {
  const dossiers = new Map<string, Dossier>();
  return {
    get: async (image) => dossiers.get(imageArn(image)),
    put: async (dossier) => void dossiers.set(imageArn(dossier.image), dossier),
    indexesOf: async (image) =>
      [...dossiers.values()].flatMap((dossier) =>
        dossier.kind === 'index' &&
        dossier.platforms.some(({ digest }) => imageArn({ ...dossier.image, digest }) === imageArn(image))
          ? [dossier.image.digest]
          : [],
      ),
  };
};

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

interface Alert {
  readonly state: 'waiting' | 'sending' | 'said';
  readonly dueAt: string;
  readonly isScheduled: boolean;
  /** Milliseconds. */
  readonly claimedUntil: number;
  readonly said: AlertContent | undefined;
}

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
      else if (said.worst !== undefined && isWorse(said.worst, alert.said?.worst))
        alerts.set(group, { ...alert, said });
    },
  };
};
