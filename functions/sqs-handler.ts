/** The shell of every function: an SQS batch in, the records that must come back out. */
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { SekishoError, sekishoErrorFrom } from '../shared/base/errors.ts';
import { err, type Result } from '../shared/base/result.ts';
import type { DeadLetterQueue, SourceQueue } from '../shared/pipeline/ports.ts';
import type { Settled } from '../shared/pipeline/settled.ts';

/** What a function's wiring gives to its handler. */
export interface Wiring {
  readonly functionName: string;
  readonly deadLetters: DeadLetterQueue;
  /** How a record that is tried again comes back sooner than its queue's visibility timeout says; absent: it does not. */
  readonly retries?: { readonly queue: SourceQueue; readonly afterSeconds: (receives: number) => number };
  /** One result per body, in order; never throws. `receives`: how often the queue has delivered each, this time counted. */
  readonly process: (
    bodies: readonly string[],
    receives: readonly number[],
  ) => Promise<readonly Result<Settled, SekishoError>[]>;
}

/**
 * Retryable failures go back to the queue by the partial batch response; the others go to the dead-letter queue with
 * the original body, and are acknowledged. A record that asks for nothing is acknowledged, and the log says why. Our
 * own settling instead of a middleware: those work record by record, and one batch is one use case call here.
 */
export const sqsHandler = ({ functionName, deadLetters, retries, process }: Wiring) => {
  const logger = new Logger({ serviceName: functionName });
  const metrics = new Metrics({ namespace: 'Sekisho', serviceName: functionName });

  /** What cannot be brought back sooner comes back all the same, when its visibility ends. */
  const bringBack = async (record: SQSRecord): Promise<void> => {
    if (retries === undefined) return;
    try {
      await retries.queue.bringBack(record.receiptHandle, retries.afterSeconds(receivesOf(record)));
    } catch (thrown) {
      const { code, message } = sekishoErrorFrom(thrown);
      logger.warn('a record comes back later than it could', {
        messageId: record.messageId,
        errorCode: code,
        reason: message,
      });
    }
  };

  /** True when the record must come back. */
  const mustReturn = async (record: SQSRecord, error: SekishoError): Promise<boolean> => {
    const facts = { messageId: record.messageId, errorCode: error.code, reason: error.message };
    if (error.retryable) {
      logger.warn('a record is tried again', facts);
      metrics.addMetric('RecordsRetried', MetricUnit.Count, 1);
      await bringBack(record);
      return true;
    }
    try {
      await deadLetters.send(record.body, { errorCode: error.code, reason: error.message, functionName });
      logger.error('a record is dead-lettered', facts);
      metrics.addMetric('RecordsDeadLettered', MetricUnit.Count, 1);
      return false;
    } catch (thrown) {
      // The queue's redrive takes over: the original still reaches the dead-letter queue, without the reason.
      logger.error('a record could not be dead-lettered', {
        ...facts,
        thrown: thrown instanceof Error ? thrown.name : '',
      });
      return true;
    }
  };

  const report = ({ messageId }: SQSRecord, settled: Settled): void => {
    if (settled.kind === 'done') return;
    logger.info('a record is ignored', { messageId, reason: settled.reason });
    metrics.addMetric('RecordsIgnored', MetricUnit.Count, 1);
  };

  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async ({ Records }) => {
      const results = await process(
        Records.map(({ body }) => body),
        Records.map(receivesOf),
      );
      metrics.addMetric('Records', MetricUnit.Count, Records.length);
      const returned = await Promise.all(
        Records.map(async (record, index) => {
          const result = results[index] ?? err(new SekishoError('UNEXPECTED', 'The record was given no result.'));
          if (!result.ok) return (await mustReturn(record, result.error)) ? [record.messageId] : [];
          report(record, result.value);
          return [];
        }),
      );
      return { batchItemFailures: returned.flat().map((itemIdentifier) => ({ itemIdentifier })) };
    });
};

const receivesOf = ({ attributes }: SQSRecord): number => Number(attributes?.ApproximateReceiveCount ?? 1);
