/** Decided findings for tests; each test changes only the field that it is about. */
import { known } from '../../shared/base/known.ts';
import { enrichVulnerability } from '../../shared/enrichment/enrich-vulnerability.ts';
import type { Vulnerability } from '../../shared/finding/finding.ts';
import { findingKey } from '../../shared/finding/finding-key.ts';
import { decide } from '../../shared/priority/decide.ts';
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';
import type { Outcome } from '../../shared/priority/decision.ts';
import { DOSSIER, ON_FARGATE, VULNERABILITY } from '../shared/enrichment/findings.ts';

export interface DecidedChange {
  readonly id?: string;
  readonly outcome?: Outcome;
  readonly version?: string;
  readonly finding?: Partial<Vulnerability>;
}

/** One finding per `id`, active, on Fargate. */
export const decided = ({
  id = 'CVE-2024-6119',
  outcome,
  version,
  finding = {},
}: DecidedChange = {}): DecidedFinding => {
  const changed: Vulnerability = {
    ...VULNERABILITY,
    vulnerabilityId: id,
    key: findingKey('inspector2', [id]),
    ...finding,
  };
  const enriched = enrichVulnerability(changed, known(DOSSIER), ON_FARGATE);
  const decision = decide(enriched);
  return {
    message: 2,
    enriched,
    decision: { ...decision, outcome: outcome ?? decision.outcome },
    version: version ?? `${changed.updatedAt}|0|a`,
  };
};
