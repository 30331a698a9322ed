/** Inspector's details of vulnerabilities: asked for at most once per vulnerability and day, by all functions together. */
import pMap from 'p-map';
import { type Known, unknown } from '../base/known.ts';
import type { FindingDetails } from '../evidence/finding-details.ts';
import type { Vulnerability } from '../finding/finding.ts';
import { attempt, unknownUnlessRetryable } from './attempt.ts';
import type { FindingDetailsSource, FindingDetailsStore } from './ports.ts';

export interface LookUpDetailsPorts {
  readonly details: FindingDetailsStore;
  readonly detailsSource: FindingDetailsSource;
}

type Answer = Known<FindingDetails>;

const CALLS_AT_ONCE = 8;

/** Another function asks at this moment, or died while it asked: even then once a day is enough. */
const AWAITED: Answer = unknown('Inspector was asked about it today, and its answer is not here');

/**
 * By vulnerability id. Inspector is asked about one finding of each, which stands for all. What it does not answer is
 * unknown with the reason, for the whole day. Throws where the store fails and may be well at the next try.
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
  // Before a failed claim throws: those that were granted will not be granted again today.
  const granted = claims.flatMap(({ finding, claim }) => (claim.ok && claim.value.granted ? [finding] : []));
  const answers = await askAndKeep(granted, store, detailsSource, now);
  return new Map(
    claims.map(({ finding: { vulnerabilityId: id }, claim }) => {
      if (!claim.ok) return [id, unknownUnlessRetryable(claim.error)];
      return [id, (claim.value.granted ? answers.get(id) : claim.value.answer) ?? AWAITED];
    }),
  );
};

const askAndKeep = async (
  findings: readonly Vulnerability[],
  store: FindingDetailsStore,
  source: FindingDetailsSource,
  now: Date,
): Promise<ReadonlyMap<string, Answer>> => {
  if (findings.length === 0) return new Map();
  const given = await source.detailsOf(
    findings.map(({ sourceId }) => sourceId),
    now.toISOString().slice(0, 10),
  );
  const answers = findings.map(({ vulnerabilityId }, at) => [vulnerabilityId, given[at] ?? AWAITED] as const);
  const kept = await pMap(answers, ([id, answer]) => attempt(() => store.put(id, answer, now)), {
    concurrency: CALLS_AT_ONCE,
  });
  for (const result of kept) if (!result.ok) throw result.error;
  return new Map(answers);
};
