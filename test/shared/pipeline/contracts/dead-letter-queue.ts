/** What the queue of records that failed for good holds to. */
import { describe, expect, it } from 'vitest';
import type { DeadLetterQueue } from '../../../../shared/pipeline/ports.ts';

export interface DeadLetterQueueSubject {
  readonly queue: DeadLetterQueue;
  /** Sends to a queue that is not there. */
  readonly absent: DeadLetterQueue;
  readonly messages: () => Promise<readonly { readonly body: string; readonly attributes: unknown }[]>;
}

const FAILURE = { errorCode: 'EVENT_INVALID', reason: 'It lacks a digest.', functionName: 'sekisho-on-finding' };

/** `start` gives an empty queue. */
export const deadLetterQueueContract = (start: () => Promise<DeadLetterQueueSubject>): void => {
  describe('the dead-letter queue', () => {
    it.each([
      ['that is no JSON', '{"text":"関所"'],
      ['with line breaks and a tab', '{\r\n\t"a": 1\n}\n'],
      ['that is as large as a message and its attributes may be', 'x'.repeat(1_048_000)],
    ])('keeps a record %s as it was, with why and where it failed', async (_, body) => {
      const { queue, messages } = await start();
      await queue.send(body, FAILURE);
      expect(await messages()).toEqual([
        {
          body,
          attributes: {
            ErrorCode: { DataType: 'String', StringValue: 'EVENT_INVALID' },
            Reason: { DataType: 'String', StringValue: 'It lacks a digest.' },
            Function: { DataType: 'String', StringValue: 'sekisho-on-finding' },
          },
        },
      ]);
    });

    it.each([
      ['that is larger than a message', 'x'.repeat(1_048_577)],
      ['with a character that SQS does not take', '{"text":"\uFFFE"}'],
      ['that is empty', ''],
    ])('refuses a record %s', async (_, body) => {
      const { queue } = await start();
      await expect(queue.send(body, FAILURE)).rejects.toMatchObject({ code: 'AWS_REJECTED', retryable: false });
    });

    it('that is not there throws', async () => {
      const { absent } = await start();
      await expect(absent.send('{}', FAILURE)).rejects.toMatchObject({
        code: 'AWS_REJECTED',
        message: 'Dead-lettering a record failed: QueueDoesNotExist',
      });
    });
  });
};
