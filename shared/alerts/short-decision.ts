/** A decision and its handling, short enough to be kept whatever went in: an ordinary one is kept as it is. */
import { clipText, plainText } from '../base/clip-text.ts';
import { redactText } from '../base/redaction.ts';
import type { DecidedPoint, Decision } from '../priority/decision.ts';
import type { Handling } from '../priority/handling.ts';
import { upgrades } from '../priority/recommend-fix.ts';
import type { FixedInstruction, RecommendedFix } from '../priority/recommended-fix.ts';

/** In UTF-16 units, of up to 3 bytes each. */
export const NAME = 100;
export const CLAUSE = 300;
export const VERSION = 60;
const WORD = 40;
const REASON = 800;
const INSTRUCTION = 600;

/** Of packages, workloads, tags and whatever else strangers make long. */
export const LISTED = 10;
/** The schemes have up to 12. */
const POINTS = 14;
/** No decision point has more. */
const VALUES = 5;

/** A sentence of ours may hold a text of strangers: without its secrets, on one line, cut. Words of the scheme hold none. */
export const safe = (text: string, max: number): string => clipText(redactText(plainText(text)), max);

const texts = (all: readonly string[], most: number, max: number): readonly string[] =>
  all.slice(0, most).map((text) => safe(text, max));

/** `listed`: the most of each list whose length strangers make. */
export const shortDecision = (decision: Decision, listed: number): Decision => ({
  ...decision,
  rules: decision.rules.slice(0, LISTED).map((rule) => clipText(rule, WORD)),
  factors: Object.fromEntries(
    Object.entries(decision.factors)
      .slice(0, LISTED)
      .map(([name, points]) => [clipText(name, WORD), points]),
  ),
  scheme: clipText(decision.scheme, NAME),
  reason: safe(decision.reason, REASON),
  // Twice: what is not known is what a decision is looked up for.
  unknowns: texts(decision.unknowns, 2 * listed, CLAUSE),
  points: decision.points.slice(0, POINTS).map(shortPoint),
  ...(decision.worst && { worst: { ...decision.worst, if: safe(decision.worst.if, CLAUSE) } }),
  due: {
    ...(decision.due.on !== undefined && { on: clipText(decision.due.on, WORD) }),
    because: safe(decision.due.because, CLAUSE),
  },
  ...(decision.bod2604 !== undefined && { bod2604: clipText(decision.bod2604, WORD) }),
  references: decision.references
    .slice(0, LISTED)
    .map(({ standard, id, title }) => ({ standard, id: clipText(id, WORD), title: clipText(title, NAME) })),
  fix: shortFix(decision.fix, listed),
});

const shortPoint = ({ name, possible, taken, evidence }: DecidedPoint): DecidedPoint => ({
  name: clipText(name, WORD),
  possible: possible.slice(0, VALUES).map((value) => clipText(value, WORD)),
  ...(taken !== undefined && { taken: clipText(taken, WORD) }),
  evidence: safe(evidence, CLAUSE),
});

const shortFix = (fix: RecommendedFix, listed: number): RecommendedFix => {
  const named = fix.instruction && { instruction: shortInstruction(fix.instruction) };
  if (fix.kind === 'none') return { kind: fix.kind, reason: safe(fix.reason, CLAUSE), ...named };
  if (!upgrades(fix)) return { kind: fix.kind, text: safe(fix.text, REASON), ...named };
  const packages = fix.packages.slice(0, listed).map(({ name, installed, fixed }) => ({
    name: safe(name, NAME),
    installed: safe(installed, VERSION),
    ...(fixed !== undefined && { fixed: safe(fixed, VERSION) }),
  }));
  if (fix.kind === 'rebuild-base') return { kind: fix.kind, instruction: shortInstruction(fix.instruction), packages };
  return { kind: fix.kind, ...named, packages };
};

export const shortInstruction = ({ position, text, origin, line }: FixedInstruction): FixedInstruction => ({
  position,
  text: safe(text, INSTRUCTION),
  origin,
  ...(line !== undefined && { line }),
});

export const shortHandling = ({ suppressed, destinations, mention, route }: Handling, listed: number): Handling => ({
  ...(suppressed && {
    suppressed: {
      rule: safe(suppressed.rule, NAME),
      reason: safe(suppressed.reason, CLAUSE),
      owner: safe(suppressed.owner, NAME),
      expires: safe(suppressed.expires, WORD),
    },
  }),
  destinations: texts(destinations, listed, NAME),
  mention,
  ...(route !== undefined && { route: safe(route, NAME) }),
});
