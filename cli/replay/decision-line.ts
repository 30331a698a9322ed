/** A decided finding as `sekisho replay` prints it. */
import { z } from 'zod';
import { plainText } from '../../shared/base/clip-text.ts';
import { BARRIER_WEIGHTS } from '../../shared/isolation/barriers.ts';
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';
import { OUTCOMES } from '../../shared/priority/decision.ts';
import type { Frozen } from './frozen.ts';

const Outcome = z.enum(OUTCOMES);
const Barrier = z.enum(Object.keys(BARRIER_WEIGHTS));
const Day = z.iso.date();

const Point = z
  .strictObject({
    name: z.string().describe('the decision point, or another fact that went in'),
    possible: z.array(z.string()).min(1).describe('mildest first; one value: it is known'),
    taken: z.string().optional().describe('the value that the decision is made with'),
    evidence: z.string().describe('who says so, or why it is not known'),
  })
  .meta({ id: 'point' });

const Due = z
  .strictObject({ on: Day.optional().describe('absent: with the next rebuild'), because: z.string() })
  .describe('when it should be remedied, and whose days these are');

const Worst = z
  .strictObject({ outcome: Outcome, if: z.string() })
  .describe('the worst that what is not known still allows; absent when nothing is worse');

const Instruction = z.strictObject({
  position: z.int().describe('1-based, in the reconstructed Dockerfile'),
  text: z.string(),
  origin: z.enum(['base', 'app', 'unknown']),
  line: z.int().optional().describe('of the author’s own Dockerfile, where that is known'),
});
const Packages = z.array(z.strictObject({ name: z.string(), installed: z.string(), fixed: z.string().optional() }));

const Fix = z
  .union([
    z.strictObject({ kind: z.literal('rebuild-base'), instruction: Instruction, packages: Packages }),
    z.strictObject({ kind: z.literal('upgrade-packages'), instruction: Instruction.optional(), packages: Packages }),
    z.strictObject({
      kind: z.enum(['change-image', 'change-base']),
      text: z.string(),
      instruction: Instruction.optional(),
    }),
    z.strictObject({ kind: z.literal('none'), reason: z.string(), instruction: Instruction.optional() }),
  ])
  .describe('what to change so that it goes away');

const Handling = z
  .strictObject({
    suppressed: z
      .strictObject({ rule: z.string(), reason: z.string(), owner: z.string(), expires: Day })
      .optional()
      .describe('the policy’s rule that accepts it'),
    destinations: z.array(z.string()).describe('who is told; empty: it is in Security Hub alone'),
    mention: z.boolean().describe('whether the message calls somebody'),
    route: z.string().optional().describe('id of the routing rule; absent: the thresholds alone'),
  })
  .describe('what the policy says about telling people');

const Reference = z.strictObject({ standard: z.string(), id: z.string(), title: z.string() });

export const DecisionLine = z
  .strictObject({
    finding: z.string().describe('the key of the finding; its later states have the same'),
    decision: Outcome.describe('how urgent it is, CISA’s levels'),
    score: z.int().min(1).max(100).describe('inside the band of the decision'),
    label: z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).describe('the severity label in Security Hub'),
    reason: z.string().describe('one sentence with the deciding facts'),
    sourceId: z.string().describe('the finding’s ARN at its source'),
    kind: z.enum(['vulnerability', 'threat', 'image-issue']),
    status: z.enum(['active', 'suppressed', 'closed']),
    title: z.string(),
    scheme: z.string().describe('which tables and rules decided'),
    base: Outcome.describe('what the published table said before the rules'),
    rules: z.array(z.string()).describe('ids of the rules that matched'),
    factors: z.record(z.string(), z.number()).describe('points by factor'),
    points: z.array(Point).describe('everything that went in'),
    unknowns: z.array(z.string()).describe('facts that were missing'),
    worst: Worst.optional(),
    remainingBarriers: z.array(Barrier).describe('what stands between the container and its host'),
    due: Due,
    bod2604: z
      .string()
      .optional()
      .describe('what CISA BOD 26-04 would ask of a federal agency; of vulnerabilities alone'),
    references: z.array(Reference).describe('clauses of published standards that it falls under'),
    fix: Fix,
    handling: Handling,
  })
  .meta({ id: 'decision' });

export type ReplayedDecision = Frozen<z.output<typeof DecisionLine>>;

export const decisionLine = ({ enriched: { finding }, decision, handling }: DecidedFinding): ReplayedDecision => ({
  finding: finding.key,
  decision: decision.outcome,
  score: decision.score,
  label: decision.label,
  reason: decision.reason,
  sourceId: finding.sourceId,
  kind: finding.kind,
  status: finding.status,
  title: plainText(finding.title),
  scheme: decision.scheme,
  base: decision.base,
  rules: decision.rules,
  factors: decision.factors,
  points: decision.points,
  unknowns: decision.unknowns,
  ...(decision.worst && { worst: decision.worst }),
  remainingBarriers: decision.remainingBarriers,
  due: decision.due,
  ...(decision.bod2604 !== undefined && { bod2604: decision.bod2604 }),
  references: decision.references,
  fix: decision.fix,
  handling,
});
