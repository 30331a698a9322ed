/** The user's policy around the decision: its terms before, its handling after. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import { contextRulesOf } from '../policy/context-rules-of.ts';
import { handlingOf } from '../policy/handling-of.ts';
import type { Policy } from '../policy/policy.ts';
import { termsOf } from '../policy/terms-of.ts';
import { decide } from '../priority/decide.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { decisionFingerprint } from '../priority/decided-state.ts';
import { findingVersion } from './finding-version.ts';
import { travelling } from './travelling.ts';

/** `now`: suppressions end, and of two decisions about one state of a finding the later counts. */
export const decideByPolicy = (enriched: EnrichedFinding, policy: Policy, now: Date): DecidedFinding => {
  const decision = decide(enriched, termsOf(policy, enriched));
  const handling = handlingOf(policy, enriched, decision, now.toISOString().slice(0, 10));
  return travelling({
    message: 5,
    enriched,
    workloadsLeftOut: 0,
    decision,
    handling,
    policy: policy.name,
    contextRules: contextRulesOf(policy, enriched),
    version: findingVersion(enriched.finding),
    decidedAt: now.toISOString(),
    fingerprint: decisionFingerprint(decision, handling),
  });
};
