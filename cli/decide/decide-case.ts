/** One case in, its decision out: what the scheme makes of facts that somebody gives. */

import type { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../local/event-bus/json-object.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { breakoutClass } from '../../shared/priority/breakout-class.ts';
import { decideImageIssue } from '../../shared/priority/decide-image-issue.ts';
import { decideThreat } from '../../shared/priority/decide-threat.ts';
import { decideVulnerability } from '../../shared/priority/decide-vulnerability.ts';
import type { Outcome, SeverityLabel } from '../../shared/priority/decision.ts';
import type { Factors, IsolationClass } from '../../shared/priority/factors.ts';
import { SCORE_OF_SEVERITY } from '../../shared/priority/vector-points.ts';
import type { Verdict } from '../../shared/priority/verdict.ts';
import { Family, INPUTS, isGiven } from './case-input.ts';

export type CaseId = string | number | null;

/** In the order in which the members are printed. */
export interface CaseDecision {
  readonly id: CaseId;
  readonly factors: Factors;
  readonly raw: number;
  readonly base: Outcome;
  readonly rules: readonly string[];
  readonly decision: Outcome;
  readonly score: number;
  readonly label: SeverityLabel;
  readonly isoClass: IsolationClass;
  /** Vulnerabilities only. */
  readonly bod2604?: string;
}

/** Members that the scheme does not know are no matter. */
const knownMembers = (input: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => isGiven(value)));

type Judged = Verdict & { readonly bod2604?: string };
type Judge = (input: JsonObject) => Result<Judged, string>;

const judge =
  <S extends z.ZodObject>(schema: S, decide: (input: z.output<S>) => Judged): Judge =>
  (input) => {
    const read = schema.safeParse(knownMembers(input));
    if (read.success) return ok(decide(read.data));
    return err(read.error.issues.map(({ path, message }) => `input.${path.join('.')} ${message}`).join('; '));
  };

/** No finding type and no class of rules: nothing is listed for it. */
const NO_SUCH_WORD = 'unknown';

const JUDGES = {
  vulnerability: judge(INPUTS.vulnerability, ({ cvss, severity, E, A, TI, MWI, ...facts }) =>
    decideVulnerability({
      ...facts,
      cvss: cvss ?? SCORE_OF_SEVERITY[severity],
      exploitation: E,
      automatable: A,
      technicalImpact: TI,
      mwi: MWI,
    }),
  ),
  threat: judge(INPUTS.threat, ({ type = NO_SUCH_WORD, sev, MWI, corr, ...facts }) =>
    decideThreat({ breakout: breakoutClass(type), ...facts, type, severity: sev, mwi: MWI, correlation: corr }),
  ),
  image: judge(INPUTS.image, ({ ruleClass = NO_SUCH_WORD, MWI, ...facts }) =>
    decideImageIssue({ ...facts, ruleClass, mwi: MWI }),
  ),
} as const satisfies Readonly<Record<z.output<typeof Family>, Judge>>;

/** Null where there is none, or none that can be given back. */
export const caseId = (value: unknown): CaseId => {
  const id = isJsonObject(value) && Object.hasOwn(value, 'id') ? value.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
};

/** `value`: what a line holds. The error is one sentence without its beginning, "line 7: ". Never throws. */
export const decideCase = (value: unknown): Result<CaseDecision, string> => {
  if (Array.isArray(value)) return err('it is a list: a case is one object a line (jq -c ".[]" makes them of a list)');
  if (!isJsonObject(value)) return err('it is no case: a case is an object with id, family and input');
  const family = Family.safeParse(value.family);
  if (!family.success) return err(`family ${sentence(family.error)}`);
  if (!isJsonObject(value.input)) return err('input must be an object with the facts of the case');
  const judged = JUDGES[family.data](value.input);
  return judged.ok ? ok(decisionFrom(caseId(value), judged.value)) : judged;
};

const sentence = ({ issues }: z.ZodError): string => issues.map(({ message }) => message).join('; ');

const decisionFrom = (id: CaseId, verdict: Judged): CaseDecision => ({
  id,
  factors: verdict.factors,
  raw: verdict.raw,
  base: verdict.base,
  rules: verdict.rules,
  decision: verdict.outcome,
  score: verdict.score,
  label: verdict.label,
  isoClass: verdict.isoClass,
  ...(verdict.bod2604 !== undefined && { bod2604: verdict.bod2604 }),
});
