import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { ImagePushed } from '../../../shared/intake/intake.ts';
import { recordPush } from '../../../shared/pipeline/record-push.ts';
import { IMAGE } from '../enrichment/findings.ts';

const push = (image: ImagePushed['image'], tag?: string): ImagePushed => ({
  kind: 'image-pushed',
  image,
  ...(tag !== undefined && { tag }),
  pushedAt: '2026-03-02T09:15:42.000Z',
});
const recorded = async (pushed: ImagePushed) => {
  const begun: unknown[] = [];
  const settled = await recordPush(pushed, async (...work) => void begun.push(work));
  return { settled, begun };
};

describe('a push', () => {
  it.each([
    ['with a tag', '1.4', { tag: '1.4', pushedAt: '2026-03-02T09:15:42.000Z' }],
    ['by digest', undefined, { pushedAt: '2026-03-02T09:15:42.000Z' }],
  ])('%s is done when what it begins is', async (_, tag, told) => {
    expect(await recorded(push(known(IMAGE), tag))).toEqual({ settled: { kind: 'done' }, begun: [[IMAGE, told]] });
  });

  it('of an image that is not known is ignored with the reason, and begins nothing', async () => {
    expect(await recorded(push(unknown('the push to shop/checkout names no usable digest')))).toEqual({
      settled: { kind: 'ignored', reason: 'the push to shop/checkout names no usable digest: its image is unknown' },
      begun: [],
    });
  });

  it('of an image that is gone fails', async () => {
    const gone = recordPush(push(known(IMAGE)), async () => {
      throw new SekishoError('IMAGE_NOT_FOUND', 'The registry has no such image.');
    });
    await expect(gone).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});
