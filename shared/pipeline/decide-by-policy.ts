/** The user's policy around the decision: its terms before, its handling after. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import { handlingOf } from '../policy/handling-of.ts';
import type { Policy } from '../policy/policy.ts';
import { termsOf } from '../policy/terms-of.ts';
import { decide } from '../priority/decide.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { findingVersion } from './finding-version.ts';

/** `now`: suppressions end. */
export const decideByPolicy = (enriched: EnrichedFinding, policy: Policy, now: Date): DecidedFinding => {
  const decision = decide(enriched, termsOf(policy, enriched));
  const handling = handlingOf(policy, enriched, decision, now.toISOString().slice(0, 10));
  return { message: 3, enriched, decision, handling, version: findingVersion(enriched.finding) };
};
