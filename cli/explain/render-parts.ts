/** The parts of an explanation that are tables: points, rules, barriers, policy. */
import type { ExplainedFinding } from '../../shared/alerts/explained-finding.ts';
import { barriersText } from '../../shared/chat/barrier-text.ts';
import { runtimeName } from '../../shared/enrichment/workload-text.ts';
import { BARRIER_WEIGHTS, type BarrierState, isBarrier } from '../../shared/isolation/barriers.ts';
import { outcomeName } from '../../shared/priority/band.ts';
import type { DecidedPoint } from '../../shared/priority/decision.ts';
import { isOpen } from '../../shared/priority/selection.ts';
import { ruleText } from './rule-text.ts';
import { labelled, paragraph, table } from './text-layout.ts';

const COLUMNS = [20, 15, 22, 34] as const;
const NONE = '–';

/** One row a point; values that are still possible only where there is more than one. */
export const pointLines = ({ points }: ExplainedFinding['decision']): readonly string[] =>
  table([['', 'taken', 'still possible', 'known from'], ...points.map(pointRow)], COLUMNS);

const pointRow = (point: DecidedPoint): readonly string[] => [
  point.name,
  point.taken ?? NONE,
  isOpen(point) || point.taken === undefined ? point.possible.join(', ') : NONE,
  point.evidence,
];

/** Of what the base is taken, before the rules. */
const BASE_TEXT = {
  vulnerability: 'by the published table',
  threat: 'by GuardDuty’s severity',
  'image-issue': 'by the severity of the image rule',
} as const satisfies Record<ExplainedFinding['kind'], string>;

export const ruleLines = ({ kind, decision }: ExplainedFinding): readonly string[] => [
  ...labelled('base', `${outcomeName(decision.base)}, ${BASE_TEXT[kind]} (scheme ${decision.scheme})`),
  ...decision.rules.flatMap((id) => labelled(id, ruleText(kind, id))),
  ...(decision.rules.length === 0 ? labelled('rules', 'none changed it') : []),
  ...labelled('decision', outcomeName(decision.outcome)),
];

const STATES = ['present', 'absent', 'unknown'] as const satisfies readonly BarrierState[];

const BARRIERS = Object.keys(BARRIER_WEIGHTS).filter(isBarrier);

/** Those of the weakest workload, by their state; a state that none has is left out. */
export const barrierLines = (isolation: ExplainedFinding['isolation']): readonly string[] => {
  const { runtime, barriers, total } = isolation;
  const strength = total === undefined ? 'isolation not known' : `${isolation.class}, ${total} of 12 by weight`;
  return [
    ...paragraph(`on ${runtimeName(runtime)}: ${strength}`),
    ...STATES.flatMap((state) => {
      const those = BARRIERS.filter((barrier) => barriers[barrier] === state);
      return those.length === 0 ? [] : labelled(state, barriersText(those));
    }),
  ];
};

export const policyLines = ({ handling, policy }: ExplainedFinding): readonly string[] => {
  const { suppressed, destinations, mention, route } = handling;
  const told =
    destinations.length === 0
      ? 'nobody: it is in Security Hub alone'
      : `${destinations.join(', ')}${mention ? ', calling somebody' : ''}`;
  const name = policy === undefined ? [] : labelled('policy', policy);
  // What is accepted is not routed.
  if (suppressed) {
    const { rule, expires, owner, reason } = suppressed;
    return [
      ...name,
      ...labelled('suppressed', `by rule ${rule} until ${expires}, owner ${owner}: ${reason}`),
      ...labelled('told', told),
    ];
  }
  return [
    ...name,
    ...labelled('told', told),
    ...labelled('route', route === undefined ? 'the policy’s thresholds alone' : `rule ${route}`),
  ];
};
