/** What others know about the vulnerabilities of a batch: CISA's list, and Inspector's details. */
import { allEnded } from '../base/ended.ts';
import type { SekishoError } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import { ok, type Result } from '../base/result.ts';
import type { Evidence } from '../enrichment/enriched-finding.ts';
import type { FindingDetails } from '../evidence/finding-details.ts';
import { type KevList, type KevListing, kevListing } from '../evidence/kev-list.ts';
import type { Vulnerability } from '../finding/finding.ts';
import { attempt, unknownUnlessRetryable } from './attempt.ts';
import { type LookUpDetailsPorts, lookUpDetails, NO_ANSWER } from './look-up-details.ts';
import type { KevStore } from './ports.ts';

export interface LookUpEvidencePorts extends LookUpDetailsPorts {
  readonly kev: KevStore;
}

const NOT_ACTIVE = unknown('Inspector is asked about active findings only');

/**
 * One result per finding, in order. What cannot be found out is unknown with the reason. Fails only where the next try may
 * have more: all findings where our own table does not give the list, and those of a vulnerability where it does not give
 * the details, or where another asks for them at this moment.
 */
export const lookUpEvidence = async (
  findings: readonly Vulnerability[],
  ports: LookUpEvidencePorts,
  now: Date,
): Promise<readonly Result<Evidence, SekishoError>[]> => {
  const active = findings.filter(({ status }) => status === 'active');
  const [list, details] = await allEnded([readList(ports.kev), lookUpDetails(active, ports, now)]);
  return findings.map(({ status, vulnerabilityId, relatedIds }): Result<Evidence, SekishoError> => {
    if (!list.ok) return list;
    const kev = list.value.known ? kevListing(list.value.value, [vulnerabilityId, ...relatedIds], now) : list.value;
    if (status !== 'active') return ok({ kev, details: NOT_ACTIVE });
    const found = withoutWaiting(details.get(vulnerabilityId) ?? ok(NO_ANSWER), kev);
    return found.ok ? ok({ kev, details: found.value }) : found;
  });
};

/** What CISA lists is decided with what is there: no details could raise it. */
const withoutWaiting = (
  details: Result<Known<FindingDetails>, SekishoError>,
  kev: Known<KevListing>,
): Result<Known<FindingDetails>, SekishoError> => {
  const isListed = kev.known && kev.value.listed;
  return isListed && !details.ok && details.error.code === 'EVIDENCE_AWAITED' ? ok(NO_ANSWER) : details;
};

const readList = async (kev: KevStore): Promise<Result<Known<KevList | undefined>, SekishoError>> => {
  const list = await attempt(() => kev.get());
  return list.ok ? ok(known(list.value)) : unknownUnlessRetryable(list.error);
};
