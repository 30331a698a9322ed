/** Enriched vulnerabilities for tests; each test changes only what it is about. */
import { known, unknown } from '../../shared/base/known.ts';
import { enrichVulnerability, type VulnerabilityContext } from '../../shared/enrichment/enrich-vulnerability.ts';
import type { EnrichedVulnerability, Evidence } from '../../shared/enrichment/enriched-finding.ts';
import type { Vulnerability } from '../../shared/finding/finding.ts';
import type { DecisionTerms } from '../../shared/priority/decision-terms.ts';
import { DOSSIER, ON_FARGATE, VULNERABILITY } from '../shared/enrichment/findings.ts';

export const NOT_LISTED: Evidence = {
  kev: known({ listed: false, asOf: '2026-03-02' }),
  details: known({ askedOn: '2026-03-02' }),
};

export const LISTED: Evidence = {
  kev: known({
    listed: true,
    id: 'CVE-2024-6119',
    entry: { dateAdded: '2026-03-05', ransomware: false },
    asOf: '2026-03-06',
  }),
  details: known({ askedOn: '2026-03-06' }),
};

export const NEVER_LOADED: Evidence = {
  kev: unknown('CISA’s list was never loaded'),
  details: known({ askedOn: '2026-03-06' }),
};

/** `finding`: a member that is undefined is absent. */
export const enriched = (
  finding: { readonly [Member in keyof Vulnerability]?: Vulnerability[Member] | undefined } = {},
  around: Partial<VulnerabilityContext> = {},
): EnrichedVulnerability =>
  enrichVulnerability(
    Object.fromEntries(
      Object.entries({ ...VULNERABILITY, ...finding }).filter(([, value]) => value !== undefined),
    ) as unknown as Vulnerability,
    {
      dossier: known(DOSSIER),
      context: ON_FARGATE,
      evidence: NOT_LISTED,
      repositoryTags: unknown('the tags were not read'),
      ...around,
    },
  );

/** What a policy says that says nothing in particular. */
export const TERMS: DecisionTerms = {
  mwi: { possible: ['medium'], taken: 'medium', evidence: 'the policy’s default' },
  dueDates: { days: { act: 3, attend: 14, 'track*': 60, track: null } },
};
