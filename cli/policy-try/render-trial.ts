/** A trial as text for people at a terminal. */
import { outcomeName } from '../../shared/priority/band.ts';
import { OUTCOMES, type Outcome } from '../../shared/priority/decision.ts';
import type { Change } from './change.ts';
import type { Both, RuleUse, Trial } from './trial.ts';

/** `names`: of the two policies, for the heads of the columns. */
export const renderTrial = (trial: Trial, names: Both<string>): string =>
  [headOf(trial), spreadOf(trial, names), tellingOf(trial), rulesOf(trial), changesOf(trial)]
    .filter((part) => part.length > 0)
    .map((part) => `${part.join('\n')}\n`)
    .join('\n');

type Lines = readonly string[];

const headOf = ({ findings, events }: Trial): Lines => {
  const others = (['recorded', 'ignored', 'rejected'] as const).filter((outcome) => events[outcome] > 0);
  const beside = others.length > 0 ? `; beside them ${others.map((one) => `${events[one]} ${one}`).join(', ')}` : '';
  return [
    `${count(findings.active, 'active finding')} of ${findings.all}, from ${count(events.decided, 'event')}${beside}`,
  ];
};

const BAR_WIDTH = 20;
const COLUMN_WIDTH = 40;

const spreadOf = ({ spread, findings: { active } }: Trial, names: Both<string>): Lines => [
  `${' '.repeat(10)}${clipped(names.before).padEnd(COLUMN_WIDTH)}${clipped(names.after)}`,
  ...OUTCOMES.toReversed().map((outcome) => {
    const [left, right] = [share(spread.before[outcome], active), share(spread.after[outcome], active)];
    return `  ${outcomeName(outcome).padEnd(8)}${left.padEnd(COLUMN_WIDTH)}${right}`.trimEnd();
  }),
];

const clipped = (name: string): string =>
  name.length < COLUMN_WIDTH ? name : `…${name.slice(name.length - COLUMN_WIDTH + 3)}`;

/** `   33   0.3 %  ▏`: what there is has a bar, however short. */
const share = (some: number, all: number): string => {
  const part = all === 0 ? 0 : some / all;
  const eighths = some === 0 ? 0 : Math.max(1, Math.round(part * BAR_WIDTH * 8));
  const bar = '█'.repeat(Math.floor(eighths / 8)) + (['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '');
  return `${String(some).padStart(6)} ${(100 * part).toFixed(1).padStart(5)} %  ${bar}`;
};

const tellingOf = ({ told, mentioned, suppressed, changes }: Trial): Lines => [
  `Told in chat:     ${fromTo(told)}`,
  `With a mention:   ${fromTo(mentioned)}`,
  `Suppressed:       ${fromTo(suppressed)}`,
  `Due another day:  ${changes.due}`,
];

const fromTo = ({ before, after }: Both<number>): string => `${before} → ${after}`;

const rulesOf = ({ rules: { context, routing, suppressions } }: Trial): Lines => {
  const listed = [
    ...context.map((rule) => ruleLine('context', rule)),
    ...routing.map((rule) => ruleLine('routing', rule)),
    ...suppressions.map((rule) => ruleLine('suppression', rule, ` (${rule.owner}, until ${rule.expires})`)),
  ];
  return listed.length === 0 ? [] : ['The rules, and how many findings they take:', ...listed];
};

const ruleLine = (what: string, rule: RuleUse, more = ''): string =>
  `  ${what.padEnd(12)}${rule.id.padEnd(32)}${rule.findings}${more}${rule.findings === 0 ? `  ${whyNothing(rule)}` : ''}`;

/** Likely a mistake in its match, where all that it asks for can be in an event. */
const whyNothing = ({ asksAccount }: RuleUse): string =>
  asksAccount ? 'nothing here: tags, workloads and images are not in events' : 'NOTHING: is its match right?';

const changesOf = ({ changes: { all, transitions, findings } }: Trial): Lines => {
  if (all === 0) return ['No decision would change.'];
  return [
    `${count(all, 'decision')} would change:`,
    ...transitions.map((one) => `  ${move(one.from, one.to)}: ${one.findings}`),
    ...findings.flatMap(changeLines),
    ...(all > findings.length ? ['', `and ${all - findings.length} more; --all lists them`] : []),
  ];
};

const changeLines = ({ title, image, from, to, reasonBefore, reasonAfter, because }: Change): Lines => [
  '',
  `${move(from, to)}  ${title}${image === undefined ? '' : ` in ${image}`}`,
  ...because.map((reason) => `    why:   ${reason}`),
  `    now:   ${reasonBefore}`,
  `    then:  ${reasonAfter}`,
];

const move = (from: Outcome, to: Outcome): string => `${outcomeName(from)} → ${outcomeName(to)}`;

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
