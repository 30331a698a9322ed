/** A batch of SQS records under construction: it is full at its number of records or at the payload limit of Lambda. */
import { MAX_REQUEST_BYTES } from './invocation-error.ts';
import type { SqsRecord } from './sqs-record.ts';

const ENVELOPE_BYTES = Buffer.byteLength('{"Records":[]}');

export interface Batch {
  readonly records: readonly SqsRecord[];
  readonly full: boolean;
  /** False when the record does not fit in; the batch is full then. The first record always fits. */
  readonly add: (record: SqsRecord) => boolean;
}

export const newBatch = (batchSize: number): Batch => {
  const records: SqsRecord[] = [];
  let bytes = ENVELOPE_BYTES;
  let full = false;
  return {
    records,
    get full() {
      return full;
    },
    add: (record) => {
      // One more byte for the comma.
      const size = Buffer.byteLength(JSON.stringify(record)) + 1;
      const fits = !full && (records.length === 0 || bytes + size <= MAX_REQUEST_BYTES);
      if (fits) {
        records.push(record);
        bytes += size;
      }
      full = !fits || records.length >= batchSize;
      return fits;
    },
  };
};
