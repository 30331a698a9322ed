/** Inspector's details of vulnerabilities: one answer per vulnerability and day, for all functions together. */
import pMap from 'p-map';
import { SekishoError } from '../base/errors.ts';
import { type Known, unknown } from '../base/known.ts';
import { dayOf, type FindingDetails } from '../evidence/finding-details.ts';
import type { Vulnerability } from '../finding/finding.ts';
import { attempt, unknownUnlessRetryable } from './attempt.ts';
import type { DetailsAnswer, DetailsStanding, FindingDetailsSource, FindingDetailsStore } from './ports.ts';

export interface LookUpDetailsPorts {
  readonly details: FindingDetailsStore;
  readonly detailsSource: FindingDetailsSource;
}

type Answer = Known<FindingDetails>;

const CALLS_AT_ONCE = 8;

/** A function that decides runs for a minute at most: whoever has asked for longer has died. */
const ASKS_FOR_MS = 60_000;

const NO_ANSWER = unknown('Inspector was asked about it, and its answer is not here');

/**
 * By vulnerability id. Inspector is asked about one finding of each, which stands for all. What it does not answer is
 * what it said within the last week, or else unknown with the reason. Throws where the store fails and may be well at
 * the next try, and EVIDENCE_AWAITED where another is asking at this moment: nobody decides a finding again, so its
 * record comes back for the answer.
 */
export const lookUpDetails = async (
  findings: readonly Vulnerability[],
  { details: store, detailsSource }: LookUpDetailsPorts,
  now: Date,
): Promise<ReadonlyMap<string, Answer>> => {
  const oneOfEach = [...new Map(findings.map((finding) => [finding.vulnerabilityId, finding])).values()];
  const claims = await pMap(
    oneOfEach,
    async (finding) => ({ finding, claim: await attempt(() => store.claim(finding.vulnerabilityId, now)) }),
    { concurrency: CALLS_AT_ONCE },
  );
  // Before a failed claim throws: those that were granted will not be granted again for a while.
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
      return [id, answers.get(id) ?? answerOf(id, standing.value, now)];
    }),
  );
};

const answerOf = (id: string, { answer, awaitedSince }: DetailsStanding, now: Date): Answer => {
  if (answer) return answer;
  if (awaitedSince && now.getTime() - awaitedSince.getTime() < ASKS_FOR_MS)
    throw new SekishoError('EVIDENCE_AWAITED', `Inspector’s answer about ${id} is awaited.`);
  return NO_ANSWER;
};

const askAndKeep = async (
  granted: readonly { readonly finding: Vulnerability; readonly last: Answer | undefined }[],
  store: FindingDetailsStore,
  source: FindingDetailsSource,
  now: Date,
): Promise<ReadonlyMap<string, Answer>> => {
  if (granted.length === 0) return new Map();
  const given = await source.detailsOf(
    granted.map(({ finding }) => finding.sourceId),
    dayOf(now),
  );
  const answers = granted.map(({ finding: { vulnerabilityId: id }, last }, at) => {
    const answer: DetailsAnswer = given[at] ?? { ...NO_ANSWER, retryable: true };
    return { id, answer, decidedWith: answer.known ? answer : (last ?? unknown(answer.reason)) };
  });
  // A put that fails loses nothing for the findings at hand. Its claim lapses, and the next finding has it asked again:
  // to throw would only bring these back to a claim without an answer.
  await pMap(answers, ({ id, answer }) => attempt(() => store.put(id, answer, now)), { concurrency: CALLS_AT_ONCE });
  return new Map(answers.map(({ id, decidedWith }) => [id, decidedWith]));
};
