/** What the queues of an inspection hold to. */
import { describe, expect, it } from 'vitest';
import type { InspectionQueue, LayerQueue } from '../../../../shared/pipeline/inspection-ports.ts';
import {
  type InspectionTask,
  type LayerTask,
  parseInspectionTask,
  parseLayerTask,
} from '../../../../shared/pipeline/inspection-task.ts';
import { IMAGE } from '../../enrichment/findings.ts';
import { newDigest } from './new-digest.ts';

export interface LayerQueueSubject {
  readonly queue: LayerQueue;
  /** Sends to a queue that is not there. */
  readonly absent: LayerQueue;
  /** The texts of all messages, in any order. */
  readonly bodies: () => Promise<readonly string[]>;
}

export interface InspectionQueueSubject {
  readonly queue: InspectionQueue;
  /** Sends to a queue that is not there. */
  readonly absent: InspectionQueue;
  /** The texts of the messages that can be received within `seconds`. */
  readonly bodies: (seconds?: number) => Promise<readonly string[]>;
  /** How many messages wait for their time. */
  readonly delayed: () => Promise<number>;
}

const TAR = 'application/vnd.oci.image.layer.v1.tar';
const layerTask = (mediaType = TAR): LayerTask => ({
  task: 'scan-layer-1',
  image: IMAGE,
  layer: { digest: newDigest(), size: 12_345, mediaType, diffId: newDigest() },
});
const TASK: InspectionTask = {
  task: 'inspect-image-1',
  image: IMAGE,
  tag: '1.4',
  pushedAt: '2026-03-02T11:59:00.000Z',
};

/** `start` gives an empty queue. */
export const layerQueueContract = (start: () => Promise<LayerQueueSubject>): void => {
  describe('the queue of layers', () => {
    it.each([0, 1, 10, 25])('takes %i layers, each as one message', async (count) => {
      const { queue, bodies } = await start();
      const tasks = Array.from({ length: count }, () => layerTask());
      await queue.send(tasks);
      const arrived = (await bodies()).map(parseLayerTask);
      expect(arrived).toHaveLength(count);
      expect(arrived).toEqual(expect.arrayContaining(tasks));
    });

    it.each(['\uFFFE', '\uFFFF', '\u0001', '🔥'])('takes a media type with %j in it', async (character) => {
      const { queue, bodies } = await start();
      const task = layerTask(`${TAR}${character}`);
      await queue.send([task]);
      expect((await bodies()).map(parseLayerTask)).toEqual([task]);
    });

    it('refuses a layer whose media type is longer than a message, and says so', async () => {
      const { queue, bodies } = await start();
      const tasks = [layerTask(), layerTask(`${TAR}${'x'.repeat(1_100_000)}`), layerTask()];
      await expect(queue.send(tasks)).rejects.toMatchObject({ code: 'AWS_REJECTED' });
      expect(await bodies()).toHaveLength(2);
    });

    it('that is not there is told by what was tried', async () => {
      const { absent } = await start();
      await expect(absent.send([layerTask()])).rejects.toMatchObject({
        code: 'AWS_REJECTED',
        message: 'Asking for a layer to be scanned failed: QueueDoesNotExist',
      });
    });
  });
};

/** `start` gives an empty queue. */
export const inspectionQueueContract = (start: () => Promise<InspectionQueueSubject>): void => {
  describe('the queue of images to inspect', () => {
    it.each<[string, InspectionTask]>([
      ['pushed with a tag', TASK],
      ['pushed by digest', { task: 'inspect-image-1', image: IMAGE, pushedAt: TASK.pushedAt }],
    ])('takes an image that was %s', async (_, task) => {
      const { queue, bodies } = await start();
      await queue.send(task, 0);
      expect((await bodies()).map(parseInspectionTask)).toEqual([task]);
    });

    it('holds an image back for as long as it was asked to', async () => {
      const { queue, bodies, delayed } = await start();
      await queue.send(TASK, 900);
      expect(await bodies()).toEqual([]);
      expect(await delayed()).toBe(1);
    });

    it('refuses to hold one back for longer than a quarter of an hour', async () => {
      const { queue } = await start();
      await expect(queue.send(TASK, 901)).rejects.toMatchObject({ code: 'AWS_REJECTED' });
    });

    it('that is not there is told by what was tried', async () => {
      const { absent } = await start();
      await expect(absent.send(TASK, 0)).rejects.toMatchObject({
        code: 'AWS_REJECTED',
        message: 'Asking for an image to be inspected failed: QueueDoesNotExist',
      });
    });
  });
};
