/** What the queue of alerts holds to: a message comes when its group has gathered, and not before. */
import { describe, expect, it } from 'vitest';
import type { AlertQueue } from '../../../../shared/pipeline/ports.ts';

export interface AlertQueueSubject {
  readonly queue: AlertQueue;
  /** Sends to a queue that is not there. */
  readonly absent: AlertQueue;
  /** The texts of the messages that can be received within `seconds`. */
  readonly bodies: (seconds?: number) => Promise<readonly string[]>;
  /** How many messages wait for their time. */
  readonly delayed: () => Promise<number>;
}

/** `start` gives an empty queue. */
export const alertQueueContract = (start: () => Promise<AlertQueueSubject>): void => {
  describe('the queue of alerts', () => {
    it('gives the message of a group that waits for nothing at once', async () => {
      const { queue, bodies } = await start();
      await queue.schedule('image:1', 0);
      expect(await bodies()).toEqual(['{"group":"image:1"}']);
    });

    it('holds the message of a group back for as long as it gathers', async () => {
      const { queue, bodies, delayed } = await start();
      await queue.schedule('image:1', 300);
      expect(await bodies()).toEqual([]);
      expect(await delayed()).toBe(1);
    });

    it('gives the message of a group that has gathered', async () => {
      const { queue, bodies, delayed } = await start();
      await queue.schedule('image:1', 1);
      expect(await bodies(5)).toEqual(['{"group":"image:1"}']);
      expect(await delayed()).toBe(0);
    });

    it('refuses to hold a message back for more than a quarter of an hour', async () => {
      const { queue, delayed } = await start();
      await expect(queue.schedule('image:1', 901)).rejects.toMatchObject({ code: 'AWS_REJECTED' });
      expect(await delayed()).toBe(0);
    });

    it('that is not there is told by what was tried', async () => {
      const { absent } = await start();
      await expect(absent.schedule('image:1', 0)).rejects.toMatchObject({
        code: 'AWS_REJECTED',
        message: 'Scheduling an alert failed: QueueDoesNotExist',
      });
    });
  });
};
