/** What `sekisho replay` prints: one JSON line per event, and a summary as the last. */
import { z } from 'zod';
import { DecisionLine } from './decision-line.ts';
import type { Frozen } from './frozen.ts';

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
      decisions: z.array(DecisionLine).min(1),
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

export type EventLine = Frozen<z.output<(typeof EVENT_LINES)[number]>>;
export type SummaryLine = Frozen<z.output<typeof SummaryLine>>;
/** A line without what the reader of the file adds. */
export type Replayed = EventLine extends infer Line ? (Line extends EventLine ? Omit<Line, 'file'> : never) : never;
