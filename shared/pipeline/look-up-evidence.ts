/** What others know about the vulnerabilities of a batch: CISA's list, and Inspector's details. */
import { allEnded } from '../base/ended.ts';
import { type Known, known, unknown } from '../base/known.ts';
import type { Evidence } from '../enrichment/enriched-finding.ts';
import { type KevList, kevListing } from '../evidence/kev-list.ts';
import type { Vulnerability } from '../finding/finding.ts';
import { attempt, unknownUnlessRetryable } from './attempt.ts';
import { type LookUpDetailsPorts, lookUpDetails } from './look-up-details.ts';
import type { KevStore } from './ports.ts';

export interface LookUpEvidencePorts extends LookUpDetailsPorts {
  readonly kev: KevStore;
}

/** Of a finding that nothing was looked up for. */
export const NO_EVIDENCE: Evidence = { kev: unknown('not looked up'), details: unknown('not looked up') };

const NOT_ACTIVE = unknown('Inspector is asked about active findings only');

/**
 * One per finding, in order. What cannot be found out is unknown with the reason. Throws only where the next try may
 * have more, from our own table or from another who asks at this moment: then the records come back.
 */
export const lookUpEvidence = async (
  findings: readonly Vulnerability[],
  ports: LookUpEvidencePorts,
  now: Date,
): Promise<readonly Evidence[]> => {
  const active = findings.filter(({ status }) => status === 'active');
  const [list, details] = await allEnded([readList(ports.kev), lookUpDetails(active, ports, now)]);
  return findings.map(({ status, vulnerabilityId, relatedIds }) => ({
    kev: list.known ? kevListing(list.value, [vulnerabilityId, ...relatedIds], now) : list,
    details: status === 'active' ? (details.get(vulnerabilityId) ?? NO_EVIDENCE.details) : NOT_ACTIVE,
  }));
};

const readList = async (kev: KevStore): Promise<Known<KevList | undefined>> => {
  const list = await attempt(() => kev.get());
  return list.ok ? known(list.value) : unknownUnlessRetryable(list.error);
};
