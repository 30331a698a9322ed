/** EventBridge's PutEvents: what it refuses, and the envelope that it puts around what it takes. */
import { randomUUID } from 'node:crypto';
import * as schemas from '@aws-sdk/client-eventbridge';
import type { Clock } from '../../shared/base/clock.ts';
import type { Checked, LocalService } from '../endpoint/local-service.ts';
import { EVENT_BRIDGE_CONSTRAINTS } from './event-bridge-constraints.ts';

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

/** What the API's reference allows; the model does not say so. */
const MAX_DETAIL_TYPE = 128;

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
    if (entry.DetailType.length > MAX_DETAIL_TYPE) {
      const reason = `DetailType is longer than ${MAX_DETAIL_TYPE} characters.`;
      return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter DetailType is not valid. Reason: ${reason}` };
    }
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
    constraints: EVENT_BRIDGE_CONSTRAINTS,
    handlers: { PutEvents: putEvents },
  };
};
