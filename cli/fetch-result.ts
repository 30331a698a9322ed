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
  readonly remediation: string;
  readonly state: string;
}

export interface RunResult {
  readonly findings: readonly ResultFinding[];
  /** Bodies of the messages, oldest first. */
  readonly messages: readonly unknown[];
  readonly deadLetters: number;
  readonly denied: State['denied'];
}

export const fetchResult = async (runtime: Runtime): Promise<RunResult> => {
  const [findings, state] = await Promise.all([listHubFindings(runtime), runtime.state()]);
  return {
    findings: findings
      .map((finding) => ({
        title: finding.Title ?? '',
        decision: finding.ProductFields?.['sekisho/decision'] ?? 'unknown',
        score: finding.ProductFields?.['sekisho/score'] ?? '',
        severity: finding.Severity?.Label ?? '',
        reason: finding.ProductFields?.['sekisho/reason'] ?? finding.Description ?? '',
        remediation: finding.Remediation?.Recommendation?.Text ?? '',
        state: finding.RecordState ?? '',
      }))
      .sort((left, right) => Number(right.score) - Number(left.score)),
    messages: state.chat.map(({ body }) => body),
    // When everything is worked off, what is left in any queue is a dead letter.
    deadLetters: Object.values(state.queues).reduce((sum, { visible, inFlight }) => sum + visible + inFlight, 0),
    denied: state.denied,
  };
};
