/** Inspector's details of vulnerabilities: at most one answer per vulnerability and day, for all functions together. */
import pMap from 'p-map';
import { mapEnded } from '../base/ended.ts';
import { SekishoError } from '../base/errors.ts';
import { type Known, unknown } from '../base/known.ts';
import { err, ok, type Result } from '../base/result.ts';
import { dayOf, type FindingDetails } from '../evidence/finding-details.ts';
import type { Vulnerability } from '../finding/finding.ts';
import { attempt, unknownUnlessRetryable } from './attempt.ts';
import type { DetailsStanding, FindingDetailsSource, FindingDetailsStore } from './ports.ts';

export interface LookUpDetailsPorts {
  readonly details: FindingDetailsStore;
  readonly detailsSource: FindingDetailsSource;
}

type Answer = Known<FindingDetails>;

/** Of our own table. */
const CALLS_AT_ONCE = 8;

/** BatchGetFindingDetails takes 10 findings a call. AWS publishes no rate for it. */
const FINDINGS_A_CALL = 10;
const QUESTIONS_AT_ONCE = 2;

/** All questions together: the rest of the function's minute is for the table, and to decide and send. */
const QUESTIONS_TAKE_MS = 25_000;

/** A function that decides runs for a minute at most: whoever has asked for longer has died. */
const ASKS_FOR_MS = 60_000;

export const NO_ANSWER = unknown('Inspector was asked about it, and its answer is not here');

/**
 * By vulnerability id. Inspector is asked about one finding of each, which stands for all. What it does not answer is
 * what it said within the last week, or else unknown with the reason. A vulnerability fails where the store fails and may
 * be well at the next try, and with EVIDENCE_AWAITED where another is asking at this moment: nobody decides a finding
 * again, so its record comes back for the answer.
 */
export const lookUpDetails = async (
  findings: readonly Vulnerability[],
  { details: store, detailsSource }: LookUpDetailsPorts,
  now: Date,
): Promise<ReadonlyMap<string, Result<Answer, SekishoError>>> => {
  const oneOfEach = [...new Map(findings.map((finding) => [finding.vulnerabilityId, finding])).values()];
  const claims = await pMap(
    oneOfEach,
    async (finding) => ({ finding, claim: await attempt(() => store.claim(finding.vulnerabilityId, now)) }),
    { concurrency: CALLS_AT_ONCE },
  );
  const granted = claims.flatMap(({ finding, claim }) =>
    claim.ok && claim.value.granted ? [{ finding, last: claim.value.answer }] : [],
  );
  const answers = await askAndKeep(granted, store, detailsSource, now);
  // What was awaited may have come while we asked.
  const standings = await pMap(
    claims,
    async ({ finding: { vulnerabilityId: id }, claim }) => {
      const isAwaited = claim.ok && !claim.value.granted && claim.value.awaitedSince !== undefined;
      return { id, standing: isAwaited ? await attempt(() => store.get(id, now)) : claim };
    },
    { concurrency: CALLS_AT_ONCE },
  );
  return new Map(
    standings.map(({ id, standing }) => {
      if (!standing.ok) return [id, unknownUnlessRetryable(standing.error)];
      const answer = answers.get(id);
      return [id, answer ? ok(answer) : answerOf(id, standing.value, now)];
    }),
  );
};

const answerOf = (id: string, { answer, awaitedSince }: DetailsStanding, now: Date): Result<Answer, SekishoError> => {
  if (answer) return ok(answer);
  if (awaitedSince && now.getTime() - awaitedSince.getTime() < ASKS_FOR_MS)
    return err(new SekishoError('EVIDENCE_AWAITED', `Inspector’s answer about ${id} is awaited.`));
  return ok(NO_ANSWER);
};

interface Question {
  readonly finding: Vulnerability;
  /** What was known before. */
  readonly last: Answer | undefined;
}

/** By vulnerability id. What a call brings is kept before the next: one that hangs loses its own only. */
const askAndKeep = async (
  granted: readonly Question[],
  store: FindingDetailsStore,
  source: FindingDetailsSource,
  now: Date,
): Promise<ReadonlyMap<string, Answer>> => {
  if (granted.length === 0) return new Map();
  const signal = AbortSignal.timeout(QUESTIONS_TAKE_MS);
  const answers = await mapEnded(
    inCalls(granted),
    async (questions) => {
      const sourceIds = questions.map(({ finding }) => finding.sourceId);
      const given = await source.detailsOf(sourceIds, dayOf(now), signal);
      return keep(questions, given, store, now);
    },
    { concurrency: QUESTIONS_AT_ONCE },
  );
  return new Map(answers.flat());
};

const inCalls = (questions: readonly Question[]): readonly (readonly Question[])[] =>
  Array.from({ length: Math.ceil(questions.length / FINDINGS_A_CALL) }, (_, call) =>
    questions.slice(call * FINDINGS_A_CALL, (call + 1) * FINDINGS_A_CALL),
  );

const keep = (
  questions: readonly Question[],
  given: readonly Answer[],
  store: FindingDetailsStore,
  now: Date,
): Promise<readonly (readonly [id: string, decidedWith: Answer])[]> =>
  pMap(
    questions,
    async ({ finding: { vulnerabilityId: id }, last }, at): Promise<readonly [string, Answer]> => {
      const answer = given[at] ?? NO_ANSWER;
      // A put that fails loses nothing for the findings at hand. Its claim lapses, and the next finding has it asked
      // again: to fail would only bring these back to a claim without an answer.
      await attempt(() => store.put(id, answer, now));
      return [id, answer.known ? answer : (last ?? answer)];
    },
    { concurrency: CALLS_AT_ONCE },
  );
