/** The service without its queues, tables and network: one event after the other, with the state that those before left. */
import { ok } from '../../shared/base/result.ts';
import { parseEnvelope } from '../../shared/events/envelope.ts';
import type { KevList } from '../../shared/evidence/kev-list.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { inMemoryAlerts } from '../../shared/memory/alerts.ts';
import { inMemoryDecisions } from '../../shared/memory/decisions.ts';
import { inMemoryFindings } from '../../shared/memory/findings.ts';
import { inMemoryHub, type SentFinding } from '../../shared/memory/hub.ts';
import { type ForwardSettings, forwardFindings } from '../../shared/pipeline/forward-findings.ts';
import { settleBatch } from '../../shared/pipeline/settle-batch.ts';
import { BUILT_IN_POLICY, type Policy } from '../../shared/policy/policy.ts';
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';
import { createEventDecider, failed } from './decide-events.ts';
import { decisionLine } from './decision-line.ts';
import type { Replayed } from './replay-line.ts';

/** As a deployment has it by default; nothing that a replay prints depends on it. */
const GROUP_WAIT_SECONDS = 60;

const NOTHING = { decisions: [], asff: [] } as const;

export interface ReplayOptions {
  /** Absent: the built-in one. */
  readonly policy?: Policy;
  /** CISA's list; absent: it is not known. */
  readonly kev?: KevList;
}

/** Works on one item after the other, in the order of the calls. Never throws for what an item holds. */
export const createReplay = ({
  policy = BUILT_IN_POLICY,
  ...given
}: ReplayOptions = {}): ((item: unknown) => Promise<Replayed>) => {
  const { decide, now } = createEventDecider({ policy, ...given });
  const hub = inMemoryHub();
  const ports = {
    findings: inMemoryFindings(),
    decisions: inMemoryDecisions(),
    hub,
    alerts: inMemoryAlerts(),
    alertQueue: { schedule: async () => undefined },
    clock: { now },
  };

  return async (item) => {
    const answer = await decide(item);
    if (answer.outcome !== 'decided') return { ...answer, ...NOTHING };
    const { detailType, body, decided } = answer;
    const results = await settleBatch(decided.map(ok), (findings) =>
      forwardFindings(findings, ports, { groupWaitSeconds: GROUP_WAIT_SECONDS, hub: hubOf(body, findings) }),
    );
    const sent = hub.take();
    const failure = results.find((result) => !result.ok);
    if (failure && !failure.ok) return { ...failed(detailType, failure.error), ...NOTHING };
    const decisions = decided.map(decisionLine);
    return { detailType, outcome: 'decided', ...noteOn(sent), decisions, asff: sent.map(({ finding }) => finding) };
  };
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
