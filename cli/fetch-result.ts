/** What a user would see of a run: the findings in Security Hub, the chat messages, and what went wrong. */
import { listHubFindings } from '../local/hub-findings.ts';
import type { Runtime } from '../local/runtime.ts';
import type { State } from '../local/state.ts';

export interface ResultFinding {
  readonly title: string;
  readonly decision: string;
  readonly score: string;
  readonly severity: string;
  readonly reason: string;
  /** `act if it is internet-facing`; absent where nothing worse is possible. */
  readonly worstPossible?: string;
  /** `2026-12-04`; absent: with the next rebuild. */
  readonly dueOn?: string;
  readonly remediation: string;
  readonly state: string;
}

export interface DeadLetter {
  readonly queue: string;
  /** As the function wrote it, or EventBridge; absent where SQS gave the record up after its tries. */
  readonly code?: string;
  readonly reason?: string;
}

type HubFinding = Awaited<ReturnType<typeof listHubFindings>>[number];

export interface RunResult {
  readonly findings: readonly ResultFinding[];
  /** Bodies of the messages, oldest first. */
  readonly messages: readonly unknown[];
  readonly deadLetters: readonly DeadLetter[];
  readonly denied: State['denied'];
}

export const fetchResult = async (runtime: Runtime): Promise<RunResult> => {
  const [findings, state] = await Promise.all([listHubFindings(runtime), runtime.state()]);
  return {
    findings: findings.map(resultFinding).sort((left, right) => Number(right.score) - Number(left.score)),
    messages: state.chat.map(({ body }) => body),
    deadLetters: await deadLettersOf(runtime, state),
    denied: state.denied,
  };
};

export const resultFinding = (finding: HubFinding): ResultFinding => {
  const { ProductFields: fields = {} } = finding;
  const worstPossible = fields['sekisho/worst-possible'];
  const dueOn = fields['sekisho/due-on'];
  return {
    title: finding.Title ?? '',
    decision: fields['sekisho/decision'] ?? 'unknown',
    score: fields['sekisho/score'] ?? '',
    severity: finding.Severity?.Label ?? '',
    reason: fields['sekisho/reason'] ?? finding.Description ?? '',
    ...(worstPossible !== undefined && { worstPossible }),
    ...(dueOn !== undefined && { dueOn }),
    remediation: finding.Remediation?.Recommendation?.Text ?? '',
    state: finding.RecordState ?? '',
  };
};

/** Our functions and EventBridge spell the attributes of a dead letter differently. */
export const deadLetterFrom = (
  queue: string,
  attributes: Readonly<Record<string, { readonly StringValue?: string | undefined }>>,
): DeadLetter => {
  const code = attributes.ErrorCode?.StringValue ?? attributes.ERROR_CODE?.StringValue;
  const reason = attributes.Reason?.StringValue ?? attributes.ERROR_MESSAGE?.StringValue;
  return { queue, ...(code !== undefined && { code }), ...(reason !== undefined && { reason }) };
};

/** When everything is worked off, what is left in any queue is a dead letter. */
const deadLettersOf = async (runtime: Runtime, { queues }: State): Promise<readonly DeadLetter[]> => {
  const held = Object.entries(queues).filter(([, { visible, inFlight }]) => visible + inFlight > 0);
  const found = await Promise.all(
    held.map(async ([queue]) =>
      (await runtime.peek(queue)).map(({ messageAttributes }) => deadLetterFrom(queue, messageAttributes)),
    ),
  );
  return found.flat();
};
