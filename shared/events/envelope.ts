/** The envelope that EventBridge puts around every event, and the reading of what is inside. */
import * as z from 'zod/mini';
import { SekishoError } from '../base/errors.ts';
import { parseTimestamp } from './timestamp.ts';

const Text = z.string().check(z.minLength(1));

const Time = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const time = parseTimestamp(text);
    if (time !== undefined) return time;
    context.issues.push({ code: 'custom', input: text, message: 'no point in time' });
    return z.NEVER;
  }),
);

const Envelope = z.object({
  id: z.nullish(Text),
  'detail-type': Text,
  source: Text,
  account: z.string().check(z.regex(/^\d{12}$/)),
  time: Time,
  region: z.string().check(z.regex(/^[a-z0-9-]{5,30}$/)),
  resources: z.nullish(z.array(z.string())),
  detail: z.record(z.string(), z.unknown()),
});

/** In the names of the wire. `time` is in UTC with milliseconds; `detail` is read by the schema of its source. */
export type EventEnvelope = Readonly<z.output<typeof Envelope>>;

/** Throws EVENT_INVALID, naming the field. */
export const parseEnvelope = (body: string): EventEnvelope => parseWith(Envelope, jsonFrom(body), []);

const jsonFrom = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (thrown) {
    throw new SekishoError('EVENT_INVALID', 'The event is not JSON.', { cause: thrown });
  }
};

/** What a source says an event must be for one schema to read it. */
export interface EventKind {
  readonly source: readonly [string];
  readonly 'detail-type': readonly [string, ...string[]];
}

/** The event's detail, read by the schema of its kind. Throws EVENT_INVALID, naming the field. */
export const parseDetail = <T extends z.ZodMiniType>(kind: EventKind, schema: T, event: EventEnvelope): z.output<T> => {
  const types = kind['detail-type'];
  if (event.source !== kind.source[0] || !types.includes(event['detail-type']))
    throw new SekishoError('EVENT_INVALID', `The event is no "${types.join('" or "')}" of ${kind.source[0]}.`);
  return parseWith(schema, event.detail, ['detail']);
};

const parseWith = <T extends z.ZodMiniType>(schema: T, value: unknown, path: readonly string[]): z.output<T> => {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const fields = new Set(parsed.error.issues.map((issue) => [...path, ...issue.path].map(String).join('.')));
  throw eventInvalid(
    [...fields].map((field) => field || 'JSON object'),
    parsed.error,
  );
};

/** `EVENT_INVALID` for fields that are missing or unusable; the names come from our schemas, never from the event. */
export const eventInvalid = (fields: readonly string[], cause?: unknown): SekishoError =>
  new SekishoError('EVENT_INVALID', `The event has no usable ${fields.slice(0, 5).join(', ')}.`, { cause });
