/** Whether something that was kept is an explained finding as this release writes it. */
import * as z from 'zod/mini';
import { isFindingKey } from '../finding/finding-key.ts';
import { BARRIER_WEIGHTS, isBarrier } from '../isolation/barriers.ts';
import { OUTCOMES } from '../priority/decision.ts';
import { RULE_CLASSES, SEVERITIES } from '../rules/rule.ts';
import type { ExplainedFinding } from './explained-finding.ts';

const text = z.string();
const texts = z.array(text);
const optionalText = z.optional(text);

const Barriers = z.array(z.string().check(z.refine(isBarrier)));
const State = z.enum(['present', 'absent', 'unknown']);

const knownOr = <T extends z.ZodMiniType>(value: T) =>
  z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), value }),
    z.object({ known: z.literal(false), reason: text }),
  ]);

const Origin = z.enum(['base', 'app', 'unknown']);
const Instruction = z.object({ position: z.number(), text, origin: Origin, line: z.optional(z.number()) });
const package_ = { name: text, installed: text, fixed: optionalText };

const Fix = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rebuild-base'), instruction: Instruction, packages: z.array(z.object(package_)) }),
  z.object({
    kind: z.literal('upgrade-packages'),
    instruction: z.optional(Instruction),
    packages: z.array(z.object(package_)),
  }),
  z.object({ kind: z.enum(['change-image', 'change-base']), text, instruction: z.optional(Instruction) }),
  z.object({ kind: z.literal('none'), reason: text, instruction: z.optional(Instruction) }),
]);

const Decision = z.object({
  outcome: z.enum(OUTCOMES),
  score: z.number(),
  label: z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
  base: z.enum(OUTCOMES),
  rules: texts,
  factors: z.record(text, z.number()),
  raw: z.number(),
  scheme: text,
  reason: text,
  unknowns: texts,
  points: z.array(z.object({ name: text, possible: texts, taken: optionalText, evidence: text })),
  worst: z.optional(z.object({ outcome: z.enum(OUTCOMES), if: text })),
  remainingBarriers: Barriers,
  due: z.object({ on: optionalText, because: text }),
  bod2604: optionalText,
  references: z.array(z.object({ standard: text, id: text, title: text })),
  fix: Fix,
});

const Handling = z.object({
  suppressed: z.optional(z.object({ rule: text, reason: text, owner: text, expires: text })),
  destinations: texts,
  mention: z.boolean(),
  route: optionalText,
});

const Isolation = z.object({
  runtime: text,
  barriers: z.record(z.enum(Object.keys(BARRIER_WEIGHTS)), State),
  total: z.optional(z.number()),
  class: z.enum(['strong', 'moderate', 'weak', 'unknown']),
  remaining: Barriers,
  vmBoundary: z.boolean(),
});

const Issue = z.object({
  ruleClass: z.enum(RULE_CLASSES),
  severity: z.enum(SEVERITIES),
  confirmed: z.boolean(),
  origin: Origin,
  platform: text,
  rationale: text,
  evidence: z.array(z.object({ text, origin: Origin, layer: optionalText })),
  evidenceLeftOut: z.number(),
});

const Explained = z.object({
  key: z.string().check(z.refine(isFindingKey)),
  version: text,
  decidedAt: optionalText,
  fingerprint: optionalText,
  sourceId: text,
  kind: z.enum(['vulnerability', 'threat', 'image-issue']),
  name: text,
  title: text,
  status: z.enum(['active', 'suppressed', 'closed']),
  sample: z.boolean(),
  subject: z.object({ kind: z.enum(['image', 'unknown-image', 'workload']), name: text, tags: texts }),
  firstObservedAt: text,
  updatedAt: text,
  decision: Decision,
  handling: Handling,
  policy: optionalText,
  isolation: Isolation,
  workloads: knownOr(texts),
  workloadsLeftOut: z.optional(z.number()),
  issue: z.optional(Issue),
  packages: z.array(z.object({ ...package_, instruction: knownOr(Instruction) })),
  packagesLeftOut: z.number(),
});

export const isExplainedFinding = (value: unknown): value is ExplainedFinding => Explained.safeParse(value).success;
