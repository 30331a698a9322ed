import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import type { ImagePushed } from '../../../shared/intake/intake.ts';
import { inMemoryDossiers } from '../../../shared/memory/dossiers.ts';
import { recordPush } from '../../../shared/pipeline/record-push.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { imagesOf } from '../../support/recording-ports.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const document = {
  mediaType: INDEX,
  body: JSON.stringify({
    schemaVersion: 2,
    mediaType: INDEX,
    manifests: [{ mediaType: INDEX, digest: digest('1'), size: 1, platform: { os: 'linux', architecture: 'amd64' } }],
  }),
};
const push = (image: ImagePushed['image']): ImagePushed => ({
  kind: 'image-pushed',
  image,
  pushedAt: '2026-03-02T09:15:42.000Z',
});
const ports = () => ({
  images: imagesOf({ [IMAGE.digest]: document }),
  dossiers: inMemoryDossiers(),
  clock: manualClock(),
});

describe('a push', () => {
  it('is done when the dossier of its image is kept', async () => {
    const given = ports();
    expect(await recordPush(push(known(IMAGE)), given)).toEqual({ kind: 'done' });
    expect(await given.dossiers.get(IMAGE)).toMatchObject({ kind: 'index', image: IMAGE });
  });

  it('of an image that is not known is ignored with the reason, and nothing is read', async () => {
    const given = ports();
    expect(await recordPush(push(unknown('the push to shop/checkout names no usable digest')), given)).toEqual({
      kind: 'ignored',
      reason: 'the push to shop/checkout names no usable digest: its image is unknown',
    });
    expect(given.images.reads).toEqual([]);
  });

  it('of an image that is gone fails', async () => {
    const gone = push(known({ ...IMAGE, digest: digest('9') }));
    await expect(recordPush(gone, ports())).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});
