/** What every store of the images that wait for a layer holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import type { ImageReference } from '../../../../shared/image/image-reference.ts';
import type { LayerWaits, WaitingImage } from '../../../../shared/pipeline/inspection-ports.ts';
import { IMAGE } from '../../enrichment/findings.ts';
import { newDigest } from './new-digest.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');

const waiting = (image: ImageReference, change: Partial<WaitingImage['task']> = {}): WaitingImage => ({
  task: { task: 'inspect-image-1', image, tag: '1.4', pushedAt: '2026-03-02T11:59:00.000Z', ...change },
  layers: [newDigest(), newDigest()],
});
const newImage = (): ImageReference => ({ ...IMAGE, digest: newDigest() });

export const layerWaitsContract = (store: () => LayerWaits): void => {
  describe('the images that wait for a layer', () => {
    it('are none at first', async () => {
      expect(await store().waitingFor(newDigest())).toEqual([]);
      expect(await store().waitingFor(newDigest(), newImage())).toEqual([]);
    });

    it('are given back as they were put, each once', async () => {
      const layer = newDigest();
      const [one, other] = [waiting(newImage()), waiting(newImage())];
      await store().put(layer, one, NOW);
      await store().put(layer, other, NOW);
      await store().put(layer, one, NOW);
      const found = await store().waitingFor(layer);
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([one, other]));
    });

    it('wait under each tag that they were pushed with, and without one', async () => {
      const layer = newDigest();
      const image = newImage();
      const { tag: _, ...task } = waiting(image).task;
      const all = [waiting(image), waiting(image, { tag: 'latest' }), { ...waiting(image), task }];
      for (const one of all) await store().put(layer, one, NOW);
      const found = await store().waitingFor(layer);
      expect(found).toHaveLength(3);
      expect(found).toEqual(expect.arrayContaining(all));
    });

    it('are none of those that wait for another layer', async () => {
      await store().put(newDigest(), waiting(newImage()), NOW);
      expect(await store().waitingFor(newDigest())).toEqual([]);
    });

    it('can be asked for by one image', async () => {
      const layer = newDigest();
      const image = newImage();
      const mine = [waiting(image), waiting(image, { tag: 'latest' })];
      for (const one of mine) await store().put(layer, one, NOW);
      await store().put(layer, waiting({ ...image, repository: 'shop/other' }), NOW);
      await store().put(layer, waiting(newImage()), NOW);
      const found = await store().waitingFor(layer, image);
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining(mine));
    });

    it('are told with the later of two pushes, whichever was put last', async () => {
      const layer = newDigest();
      const image = newImage();
      const later = waiting(image, { pushedAt: '2026-03-02T11:59:00.001Z' });
      await store().put(layer, waiting(image), NOW);
      await store().put(layer, later, NOW);
      await store().put(layer, waiting(image), NOW);
      expect(await store().waitingFor(layer)).toEqual([later]);
    });

    it('may be hundreds', async () => {
      const layer = newDigest();
      const all = Array.from({ length: 300 }, () => waiting(newImage()));
      await Promise.all(all.map((one) => store().put(layer, one, NOW)));
      expect(await store().waitingFor(layer)).toHaveLength(300);
    });
  });
};
