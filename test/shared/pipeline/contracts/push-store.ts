/** What every store of pushes holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import type { ImageReference } from '../../../../shared/image/image-reference.ts';
import type { Push, PushStore } from '../../../../shared/pipeline/inspection-ports.ts';
import { IMAGE } from '../../enrichment/findings.ts';
import { newDigest } from './new-digest.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const PUSH = { tag: '1.4', pushedAt: '2026-03-02T11:59:00.000Z' } as const;

const newImage = (): ImageReference => ({ ...IMAGE, digest: newDigest() });

export const pushStoreContract = (store: () => PushStore): void => {
  describe('the pushes of an image', () => {
    it('are none where it was never pushed', async () => {
      expect(await store().pushesOf(newImage())).toEqual([]);
    });

    it('are one for each tag, and one by digest', async () => {
      const image = newImage();
      const all: Push[] = [
        PUSH,
        { tag: 'latest', through: 'index', pushedAt: PUSH.pushedAt },
        { pushedAt: PUSH.pushedAt },
      ];
      for (const push of [...all, PUSH]) await store().put(image, push, NOW);
      const found = await store().pushesOf(image);
      expect(found).toHaveLength(3);
      expect(found).toEqual(expect.arrayContaining(all));
    });

    it.each<[string, Partial<ImageReference>]>([
      ['digest', { digest: newDigest() }],
      ['repository', { repository: 'shop/other' }],
      ['account', { account: '999988887777' }],
      ['Region', { region: 'us-east-1' }],
    ])('are none of the same image under another %s', async (_, change) => {
      const image = newImage();
      await store().put(image, PUSH, NOW);
      expect(await store().pushesOf({ ...image, ...change })).toEqual([]);
    });

    it('with the same tag are told by the later one, whichever was put last', async () => {
      const image = newImage();
      const later = { ...PUSH, pushedAt: '2026-03-02T11:59:00.001Z' };
      await store().put(image, PUSH, NOW);
      await store().put(image, later, NOW);
      expect(await store().put(image, PUSH, NOW)).toBeUndefined();
      expect(await store().pushesOf(image)).toEqual([later]);
    });
  });
};
