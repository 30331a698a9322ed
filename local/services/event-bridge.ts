/** EventBridge's PutEvents: what it refuses, and the envelope that it puts around what it takes. */
import { randomUUID } from 'node:crypto';
import * as schemas from '@aws-sdk/client-eventbridge';
import type { Clock } from '../../shared/base/clock.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { Checked, LocalService } from '../endpoint/local-service.ts';

/** An event as the targets of a rule get it. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface EventBridgeOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  /** Takes an event to the bus of that name; `default` where the caller named none. */
  readonly putEvent: (event: EventEnvelope, busName: string) => void | Promise<void>;
}

type Entry = Checked<schemas.PutEventsRequestEntry>;
type Refusal = { readonly ErrorCode: string; readonly ErrorMessage: string };

const MAX_ENTRIES = 10;
const MAX_TOTAL_BYTES = 1024 * 1024;
const TIME_BYTES = 14;

/** As EventBridge counts: the texts in UTF-8, and 14 bytes for a time. */
const sizeOf = ({ Time, Source, DetailType, Detail, Resources }: Entry): number =>
  [Source, DetailType, Detail, ...(Resources ?? [])].reduce(
    (sum, text) => sum + Buffer.byteLength(text ?? ''),
    Time === undefined ? 0 : TIME_BYTES,
  );

const parseDetail = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : undefined;
  } catch {
    return undefined;
  }
};

const invalidArgument = (name: string): Refusal => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

export const createEventBridge = ({ clock, account, region, putEvent }: EventBridgeOptions): LocalService => {
  const envelopeFrom = (entry: Entry): EventEnvelope | Refusal => {
    if (!entry.Source) return invalidArgument('Source');
    if (!entry.DetailType) return invalidArgument('DetailType');
    if (entry.Detail === undefined) return invalidArgument('Detail');
    if (entry.Source.startsWith('aws.')) {
      return {
        ErrorCode: 'NotAuthorizedForSourceException',
        ErrorMessage: 'Not authorized for the source.',
      };
    }
    const detail = parseDetail(entry.Detail);
    if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': entry.DetailType,
      source: entry.Source,
      account,
      time: (entry.Time ?? clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: entry.Resources ?? [],
      detail,
    };
  };

  const put = async (entry: Entry): Promise<schemas.PutEventsResultEntry> => {
    const event = envelopeFrom(entry);
    if ('ErrorCode' in event) return event;
    await putEvent(event, entry.EventBusName?.split('/').at(-1) ?? 'default');
    return { EventId: event.id };
  };

  const putEvents = async ({ Entries }: Checked<schemas.PutEventsRequest>): Promise<schemas.PutEventsResponse> => {
    if (Entries.length < 1 || Entries.length > MAX_ENTRIES) {
      throw new AwsError('ValidationException', `A call has 1 to ${MAX_ENTRIES} entries, not ${Entries.length}.`);
    }
    if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAX_TOTAL_BYTES) {
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    const results: schemas.PutEventsResultEntry[] = [];
    for (const entry of Entries) results.push(await put(entry));
    return {
      FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
      Entries: results,
    };
  };

  return {
    name: 'events',
    client: { schemas, config: new schemas.EventBridgeClient({ region }).config },
    invalidInputCode: 'ValidationException',
    handlers: { PutEvents: putEvents },
  };
};
