/** What EventBridge asks of PutEvents as a whole; what it asks of an entry alone fails that entry only. */
import type { PutEventsRequest, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type ConstraintTable, items, length, pattern } from '../endpoint/constraints.ts';

const MAX_TOTAL_BYTES = 1024 * 1024;
const TIME_BYTES = 14;
const BUS = /^(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[.\-_A-Za-z0-9]+$/;

/** As EventBridge counts: the texts in UTF-8, and 14 bytes for a time. */
const sizeOf = ({ Time, Source, DetailType, Detail, Resources }: PutEventsRequestEntry): number =>
  [Source, DetailType, Detail, ...(Resources ?? [])].reduce(
    (sum, text) => sum + Buffer.byteLength(text ?? ''),
    Time === undefined ? 0 : TIME_BYTES,
  );

const tooLarge = ({ Entries = [] }: PutEventsRequest): string | undefined =>
  Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) < MAX_TOTAL_BYTES
    ? undefined
    : 'Total size of the entries in the request is over the limit.';

export const EVENT_BRIDGE_CONSTRAINTS: ConstraintTable = {
  PutEvents: {
    members: {
      Entries: items(1, 10),
      'Entries[].EventBusName': [length(1, 1600), pattern(BUS)],
      'Entries[].Resources[]': length(0, 2048),
      'Entries[].TraceHeader': length(1, 500),
      EndpointId: [length(1, 50), pattern(/^[A-Za-z0-9-]+[.][A-Za-z0-9-]+$/)],
    },
    together: [tooLarge],
  },
};
