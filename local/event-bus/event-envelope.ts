/** The envelope that every event on a bus has, and what the bus fills in when a sender leaves it out. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SekishoError } from '../../shared/base/errors.ts';

const Text = z.string().min(1);

const Envelope = z.looseObject({
  version: Text.default('0'),
  id: Text.default(() => randomUUID()),
  'detail-type': Text,
  source: Text,
  account: Text,
  time: Text,
  region: Text,
  resources: z.array(z.string()).default([]),
  detail: z.record(z.string(), z.unknown()),
});

export type EventEnvelope = Readonly<z.infer<typeof Envelope>>;

/**
 * The event with its envelope complete: `id`, `version` and `resources` are filled in as EventBridge does, all else
 * must be there. Throws EVENT_INVALID, naming every field that is missing or has the wrong type.
 */
export const envelopeFromEvent = (event: unknown): EventEnvelope => {
  const parsed = Envelope.safeParse(event);
  if (parsed.success) return parsed.data;
  const fields = new Set(
    parsed.error.issues.map((issue) => String(issue.path[0] ?? 'everything: it is no JSON object')),
  );
  throw new SekishoError('EVENT_INVALID', `The event lacks, or has no usable, ${[...fields].join(', ')}.`, {
    cause: parsed.error,
  });
};
