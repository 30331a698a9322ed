/** Delivers a batch: the function is given what it wants to see of it, and what it did is deleted from the queue. */
import type { Queues } from '../queues/queues.ts';
import { failedMessageIds } from './batch-response.ts';
import type { LocalFunction } from './function.ts';
import type { SqsRecord } from './sqs-record.ts';

export interface DeliveryOptions {
  readonly queue: string;
  readonly queues: Pick<Queues, 'deleteMessages'>;
  readonly fn: Pick<LocalFunction, 'invoke'>;
  readonly reportBatchItemFailures: boolean;
  /** Records for which it is false are deleted unseen, as Lambda does with `FilterCriteria`. */
  readonly filter?: (record: SqsRecord) => boolean;
}

/** Records that failed are left to come back. Rejects when the queue cannot be reached. */
export const deliverBatch = async (records: readonly SqsRecord[], options: DeliveryOptions): Promise<void> => {
  const { queue, queues, filter } = options;
  const wanted = filter === undefined ? records : records.filter(filter);
  const failed = wanted.length === 0 ? new Set<string>() : await failedOf(wanted, options);
  const done = records.filter((record) => !failed.has(record.messageId));
  if (done.length > 0) {
    await queues.deleteMessages(
      queue,
      done.map((record) => record.receiptHandle),
    );
  }
};

const failedOf = async (
  records: readonly SqsRecord[],
  { fn, reportBatchItemFailures }: DeliveryOptions,
): Promise<ReadonlySet<string>> => {
  const ids = new Set(records.map((record) => record.messageId));
  const outcome = await fn.invoke({ Records: records });
  if (!outcome.ok) return ids;
  return reportBatchItemFailures ? failedMessageIds(outcome.payload, ids) : new Set();
};
