/** What `sekisho replay` prints: one JSON line per event, and a summary as the last. */
import { z } from 'zod';
import { BARRIER_WEIGHTS } from '../../shared/isolation/barriers.ts';
import { OUTCOMES } from '../../shared/priority/decision.ts';

const Outcome = z.enum(OUTCOMES);
const Barrier = z.enum(Object.keys(BARRIER_WEIGHTS));

const Decision = z
  .strictObject({
    finding: z.string().describe('the key of the finding; its later states have the same'),
    decision: Outcome.describe('how urgent it is, CISA’s levels'),
    score: z.int().min(1).max(100).describe('inside the band of the decision'),
    label: z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).describe('the severity label in Security Hub'),
    reason: z.string().describe('one sentence with the deciding facts'),
    sourceId: z.string().describe('the finding’s ARN at its source'),
    kind: z.enum(['vulnerability', 'threat']),
    status: z.enum(['active', 'suppressed', 'closed']),
    title: z.string(),
    scheme: z.string().describe('which tables and rules decided'),
    base: Outcome.describe('what the published table said before the rules'),
    rules: z.array(z.string()).describe('ids of the rules that matched'),
    factors: z.record(z.string(), z.number()).describe('points by factor'),
    unknowns: z.array(z.string()).describe('facts that were missing'),
    remainingBarriers: z.array(Barrier).describe('what stands between the container and its host'),
    dueInDays: z.number().optional().describe('absent: with the next rebuild'),
  })
  .meta({ id: 'decision' });

const Asff = z
  .object({
    SchemaVersion: z.literal('2018-10-08'),
    Id: z.string(),
    ProductArn: z.string(),
    GeneratorId: z.string(),
    AwsAccountId: z.string(),
    CreatedAt: z.string(),
    UpdatedAt: z.string(),
    Title: z.string(),
    Description: z.string(),
    Resources: z.array(z.object({ Type: z.string(), Id: z.string() })),
    RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
  })
  .meta({ id: 'asff', description: 'a finding in the AWS Security Finding Format, as it is sent to Security Hub' });

const file = z.string().describe('the file that holds the event');
const detailType = z.string().describe('the event’s detail-type');
const reason = z.string();
const none = z.array(z.never()).max(0);

const EVENT_LINES = [
  z
    .strictObject({
      file,
      detailType,
      outcome: z.literal('decided'),
      reason: reason.optional().describe('only where this or a newer state of the finding came before'),
      decisions: z.array(Decision).min(1),
      asff: z.array(Asff).describe('empty where a newer state of the finding stands'),
    })
    .describe('a finding that was decided'),
  z
    .strictObject({ file, detailType, outcome: z.literal('recorded'), reason, decisions: none, asff: none })
    .describe('an image push'),
  z
    .strictObject({ file, detailType, outcome: z.literal('ignored'), reason, decisions: none, asff: none })
    .describe('an event that no rule takes, and the first thing in which it differs'),
  z
    .strictObject({
      file,
      detailType: detailType.nullable().describe('null for what is no event'),
      outcome: z.literal('rejected'),
      reason: reason.describe('why it is no event; or, with its error code, why it would be dead-lettered'),
      decisions: none,
      asff: none,
    })
    .describe('what is no event, or an event that would end in a dead-letter queue'),
] as const;

const count = z.int().nonnegative();
const SummaryLine = z
  .strictObject({
    summary: z.strictObject({ events: count, decided: count, recorded: count, ignored: count, rejected: count }),
  })
  .describe('the last line; `events` is the number of lines before it');

/** One line of the output. */
export const ReplayLine = z.union([...EVENT_LINES, SummaryLine]);

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

export type ReplayedDecision = Frozen<z.output<typeof Decision>>;
export type EventLine = Frozen<z.output<(typeof EVENT_LINES)[number]>>;
export type SummaryLine = Frozen<z.output<typeof SummaryLine>>;
/** A line without what the reader of the file adds. */
export type Replayed = EventLine extends infer Line ? (Line extends EventLine ? Omit<Line, 'file'> : never) : never;
