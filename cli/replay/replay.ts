/** The service without its queues, tables and network: one event after the other, with the state that those before left. */
import { plainText } from '../../shared/base/clip-text.ts';
import type { SekishoError } from '../../shared/base/errors.ts';
import { ok, type Result } from '../../shared/base/result.ts';
import { parseEnvelope } from '../../shared/events/envelope.ts';
import { parseTimestamp } from '../../shared/events/timestamp.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { inMemoryAlerts } from '../../shared/memory/alerts.ts';
import { inMemoryDecidedQueue } from '../../shared/memory/decided-queue.ts';
import { inMemoryDossiers } from '../../shared/memory/dossiers.ts';
import { inMemoryFindings } from '../../shared/memory/findings.ts';
import { inMemoryHub, type SentFinding } from '../../shared/memory/hub.ts';
import { type ForwardSettings, forwardFindings } from '../../shared/pipeline/forward-findings.ts';
import { parseDecidedFinding } from '../../shared/pipeline/parse-decided-finding.ts';
import { processRecords } from '../../shared/pipeline/process-records.ts';
import type { Settled } from '../../shared/pipeline/settled.ts';
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';
import { safeText } from './quoted.ts';
import { type BusEvent, readEvent } from './read-event.ts';
import type { Replayed, ReplayedDecision } from './replay-line.ts';
import { type Subscription, subscriptions } from './subscriptions.ts';
import { whyNotTaken } from './why-not-taken.ts';
import { noAccount, noRegistry } from './without-account.ts';

/** As a deployment has them by default; nothing that a replay prints depends on them. */
const ALERTS = { groupWaitSeconds: 60, chatFrom: 'track' } as const;

const NOTHING = { decisions: [], asff: [] } as const;

type Worked =
  | { readonly kind: 'decided'; readonly decided: readonly DecidedFinding[] }
  | Extract<Settled, { readonly kind: 'ignored' }>;

/** Works on one item after the other, in the order of the calls. Never throws for what an item holds. */
export const createReplay = (): ((item: unknown) => Promise<Replayed>) => {
  let now = new Date(0);
  const clock = { now: () => now };
  const decided = inMemoryDecidedQueue();
  const hub = inMemoryHub();
  const ports = { images: noRegistry, dossiers: inMemoryDossiers(), workloads: noAccount, decided, clock };
  const forwardPorts = {
    findings: inMemoryFindings(),
    hub,
    alerts: inMemoryAlerts(),
    alertQueue: { schedule: async () => undefined },
    clock,
  };
  const rules = subscriptions(ports);

  /** What was decided, or why there was nothing to do; or the first error of the way, where the record would end. */
  const work = async (rule: Subscription, body: string): Promise<Result<Worked, SekishoError>> => {
    const results = await rule.process([body]);
    const bodies = decided.take();
    const forwarded = await processRecords(bodies, parseDecidedFinding, (findings) =>
      forwardFindings(findings, forwardPorts, { ...ALERTS, hub: hubOf(body, findings) }),
    );
    const failure = [...results, ...forwarded].find((result) => !result.ok);
    if (failure && !failure.ok) return failure;
    const ignored = results.flatMap((result) => (result.ok && result.value.kind === 'ignored' ? [result.value] : []));
    return ok(ignored[0] ?? { kind: 'decided', decided: bodies.map(parseDecidedFinding) });
  };

  return async (item) => {
    const read = readEvent(item);
    if (!read.ok) return { detailType: read.detailType, outcome: 'rejected', reason: read.reason, ...NOTHING };
    const { event } = read;
    const detailType = safeText(event['detail-type']);
    const rule = rules.find(({ takes }) => takes(event));
    if (rule === undefined) return { detailType, outcome: 'ignored', reason: whyNotTaken(event, rules), ...NOTHING };
    now = timeOf(event) ?? now;
    const worked = await work(rule, JSON.stringify(event));
    const sent = hub.take();
    if (worked.ok) {
      const { value } = worked;
      if (value.kind === 'ignored') return { detailType, outcome: 'recorded', reason: value.reason, ...NOTHING };
      const decisions = value.decided.map(decisionFrom);
      return { detailType, outcome: 'decided', ...noteOn(sent), decisions, asff: sent.map(({ finding }) => finding) };
    }
    const { code, message } = worked.error;
    if (code === 'IMAGE_NOT_FOUND')
      return { detailType, outcome: 'recorded', reason: `${message}: the dossier of the image is unknown`, ...NOTHING };
    return { detailType, outcome: 'rejected', reason: `${code}: ${message}`, ...NOTHING };
  };
};

const timeOf = (event: BusEvent): Date | undefined => {
  const time = parseTimestamp(event.time);
  return time === undefined ? undefined : new Date(time);
};

/** The service runs where its events arrive, so that the hub is that of the event's account and Region. */
const hubOf = (body: string, [first]: readonly DecidedFinding[]): ForwardSettings['hub'] => {
  const { account, region } = parseEnvelope(body);
  const finding = first?.enriched.finding;
  return { account, region, partition: finding ? partitionOf(finding) : 'aws' };
};

const partitionOf = (finding: Finding): string => {
  if (finding.kind === 'threat') return finding.partition;
  return finding.image.known ? finding.image.value.partition : finding.image.partition;
};

/** What became of a state that came before, or after a newer one; nothing of any other. */
const noteOn = (sent: readonly SentFinding[]): { readonly reason?: string } => {
  if (sent.length === 0)
    return { reason: `a newer state of this finding stands, or one of the same time: ${NOT_SENT}` };
  return sent.some(({ isNews }) => isNews) ? {} : { reason: SENT_AGAIN };
};

const NOT_SENT = 'nothing is sent to Security Hub';
const SENT_AGAIN = 'this state of the finding came before and stands: what is sent again, Security Hub ignores';

const decisionFrom = ({ enriched: { finding }, decision }: DecidedFinding): ReplayedDecision => ({
  finding: finding.key,
  decision: decision.outcome,
  score: decision.score,
  label: decision.label,
  reason: decision.reason,
  sourceId: finding.sourceId,
  kind: finding.kind,
  status: finding.status,
  title: plainText(finding.title),
  scheme: decision.scheme,
  base: decision.base,
  rules: decision.rules,
  factors: decision.factors,
  unknowns: decision.unknowns,
  remainingBarriers: decision.remainingBarriers,
  ...(decision.dueInDays !== undefined && { dueInDays: decision.dueInDays }),
});
