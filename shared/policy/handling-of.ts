/** The policy after a decision: who is told, and who accepted the finding until when. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import type { Decision, Outcome } from '../priority/decision.ts';
import type { Handling, Suppression } from '../priority/handling.ts';
import { isWorse } from '../priority/worst-outcome.ts';
import { contextOf, isCertain } from './context-of.ts';
import { matches } from './matches.ts';
import { DESTINATIONS, type Policy } from './policy.ts';
import { type Subject, subjectsOf, withoutStandIn } from './subject.ts';

/** `today`: `2026-11-20`, in UTC. Total. */
export const handlingOf = (
  policy: Policy,
  enriched: EnrichedFinding,
  { outcome }: Pick<Decision, 'outcome'>,
  today: string,
): Handling => {
  const subjects = subjectsOf(enriched).map((subject) => ({ ...subject, decision: outcome }));
  const suppressed = suppressionOf(
    policy,
    subjects.map((subject) => asFarAsCertain(policy, subject)),
    today,
  );
  if (suppressed) return { suppressed, destinations: [], mention: false };
  const { destinations, route } = routeOf(
    policy,
    subjects.map((subject) => ({ ...subject, environment: contextOf(policy, subject).environment.value })),
    outcome,
  );
  return {
    destinations,
    mention: destinations.length > 0 && isAtLeast(outcome, policy.thresholds.mention),
    ...(route !== undefined && { route }),
  };
};

/** The first that takes the finding in all of its workloads: accepted in one environment is not accepted in another. */
const suppressionOf = (
  { suppressions }: Policy,
  subjects: readonly Subject[],
  today: string,
): Suppression | undefined => {
  const rule = suppressions.find(
    ({ match, expires }) => today <= expires && subjects.every((subject) => matches(match, subject)),
  );
  return rule && { rule: rule.id, reason: rule.reason, owner: rule.owner, expires: rule.expires };
};

/** Whoever is told may be told in vain; what is accepted must be certain: what is not known may run elsewhere. */
const asFarAsCertain = (policy: Policy, subject: Subject): Subject => {
  if (subject.isUnseen) return { ...withoutStandIn(subject), environment: undefined, tagSources: [] };
  const { environment } = contextOf(policy, subject);
  return { ...subject, environment: isCertain(environment) ? environment.value : undefined };
};

/** Each workload has its route, and all that any route names are told; `route` is the first that tells somebody. */
const routeOf = (
  { routing, thresholds }: Policy,
  subjects: readonly Subject[],
  outcome: Outcome,
): Pick<Handling, 'destinations' | 'route'> => {
  const routes = subjects.map((subject) => {
    const route = routing.find(({ match }) => matches(match, subject));
    const { id, to, from = thresholdOf(subject, thresholds) } = route ?? { id: undefined, to: DESTINATIONS };
    return { id, told: isAtLeast(outcome, from) ? to : [] };
  });
  const deciding = routes.find(({ told }) => told.length > 0) ?? routes[0];
  return {
    destinations: [...new Set(routes.flatMap(({ told }) => told))],
    ...(deciding?.id !== undefined && { route: deciding.id }),
  };
};

/** An image's own defects are found at every push: by themselves they open a message only where they are urgent. */
const thresholdOf = ({ kind }: Subject, { chat, image }: Policy['thresholds']): Outcome =>
  kind === 'image' ? image : chat;

const isAtLeast = (outcome: Outcome, mildest: Outcome): boolean => !isWorse(mildest, outcome);
