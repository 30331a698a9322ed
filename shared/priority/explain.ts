/** A decision in one English sentence. */
import type { RuntimeContext } from '../enrichment/enriched-finding.ts';
import { runtimeName } from '../enrichment/workload-text.ts';
import { outcomeName } from './band.ts';
import type { BreakoutClass } from './breakout-class.ts';
import type { ThreatFacts, ThreatRuleId } from './decide-threat.ts';
import type { DecidedPoint } from './decision.ts';
import { EXPLOITATION, type Exploitation, type Exposure, type Mwi } from './decision-points.ts';
import type { IsolationClass } from './factors.ts';
import type { Verdict } from './verdict.ts';
import type { VulnerabilityFacts } from './vulnerability-facts.ts';
import { DOWNGRADES, FLOORS, UPGRADES } from './vulnerability-rules.ts';

const EXPLOITATION_TEXT = {
  active: 'it is exploited in the wild',
  'public poc': 'a public exploit exists',
  none: 'no exploit is known',
} as const satisfies Record<Exploitation, string>;

export const MWI_TEXT = {
  high: 'much depends on the workload',
  medium: undefined,
  low: 'little depends on the workload',
} as const satisfies Record<Mwi, string | undefined>;

/** From here on SSVC's own guidance for EPSS takes a vulnerability as exploited; here it only adds to the score. */
const EPSS_AS_ACTIVE = 0.9;

/** `points`: who says that it is exploited. */
export const explainVulnerability = (
  { outcome, rules, isoClass }: Verdict,
  facts: VulnerabilityFacts,
  points: readonly DecidedPoint[],
  context: RuntimeContext,
): string =>
  [
    `${outcomeName(outcome)}: ${exploitationText(facts, points)}, ${impactText(facts)}`,
    ...optional(MWI_TEXT[facts.mwi]),
    ...optional(facts.exposure && EXPOSURE_TEXT[facts.exposure]),
    placeText(context, isoClass),
    ...UPGRADES.filter(({ id }) => rules.includes(id)).map(({ because }) => `raised because ${because}`),
    ...DOWNGRADES.filter(({ id }) => rules.includes(id)).map(({ because }) => `lowered because ${because}`),
    ...FLOORS.filter(({ id }) => rules.includes(id)).map(({ because }) => `no lower because ${because}`),
  ].join('; ');

export const optional = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

const EXPOSURE_TEXT = {
  open: 'open to the internet',
  controlled: 'reachable inside its network only',
  small: 'hardly reachable',
} as const satisfies Record<Exposure, string>;

const exploitationText = ({ exploitation, epss }: VulnerabilityFacts, points: readonly DecidedPoint[]): string => {
  const evidence = points.find(({ name }) => name === EXPLOITATION.name)?.evidence;
  const said = exploitation === 'none' || evidence === undefined ? '' : ` (${evidence})`;
  const likely =
    exploitation !== 'active' && epss !== undefined && epss >= EPSS_AS_ACTIVE
      ? `, though EPSS ${epss} is so high that SSVC’s guidance for it would take it as exploited`
      : '';
  return `${EXPLOITATION_TEXT[exploitation]}${said}${likely}`;
};

const impactText = (facts: VulnerabilityFacts): string => {
  const { exploitation, automatable, automatableEvidence, technicalImpact } = facts;
  if (automatableEvidence === 'default') return 'without a CVSS vector the worst impact is assumed';
  const gives = technicalImpact === 'total' ? 'gives total control' : 'gives only partial control';
  if (automatable === 'yes' && automatableEvidence === 'cvss' && exploitation === 'none')
    return `it ${gives}; by its CVSS vector it could be automated, which by itself counts only once an exploit is known`;
  if (automatable === 'yes') return `it can be automated ${technicalImpact === 'total' ? 'and' : 'but'} ${gives}`;
  return `it cannot be automated ${technicalImpact === 'total' ? 'but' : 'and'} ${gives}`;
};

const BREAKOUT_TEXT = {
  'host-compromise': 'it means that the host is compromised',
  'escape-attempt': 'it is an attempt to escape from the container',
  'escape-enabler': 'it makes an escape from the container easier',
  none: 'no way out of the container is seen',
} as const satisfies Record<BreakoutClass, string>;

/** Completes the reason of a decision, one clause a rule. */
export const THREAT_RULE_TEXT = {
  T1: 'an attack sequence is always acted on',
  T2: 'no VM boundary is known to contain it',
  T3: 'the VM boundary contains it, but the attacker is inside',
  T4: 'little stands between the container and its host',
  T5: 'much depends on the workload',
} as const satisfies Record<ThreatRuleId, string>;

export const explainThreat = (
  { outcome, rules, isoClass }: Verdict<ThreatRuleId>,
  facts: ThreatFacts,
  context: RuntimeContext,
): string =>
  [
    `${outcomeName(outcome)}: GuardDuty rates it ${facts.severity.toFixed(1)} of 10 and ${BREAKOUT_TEXT[facts.breakout]}`,
    ...rules.map((rule) => THREAT_RULE_TEXT[rule]),
    ...optional(rules.includes('T5') ? undefined : MWI_TEXT[facts.mwi]),
    placeText(context, isoClass),
  ].join('; ');

/** `runs on ECS Fargate (VM boundary)`. */
export const placeText = ({ workloads, isolation }: RuntimeContext, isoClass: IsolationClass): string => {
  if (!workloads.known) return 'where it runs is not known';
  if (workloads.value.length === 0) return 'no workload is known to run it';
  return `runs on ${runtimeName(isolation.runtime)} (${isolation.vmBoundary ? 'VM boundary' : ISOLATION_TEXT[isoClass]})`;
};

/** Of a place without a VM boundary. */
const ISOLATION_TEXT = {
  strong: 'kernel shared with the host',
  moderate: 'kernel shared with the host',
  weak: 'weak isolation',
  unknown: 'isolation not known',
} as const satisfies Record<IsolationClass, string>;
