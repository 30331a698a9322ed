import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildImage } from '../../../local/sample/image-layout.ts';
import { pushImage } from '../../../local/sample/push-image.ts';
import { type LocalFront, startFront } from '../services/local-front.ts';

const SETTINGS = { architecture: 'amd64', created: '2026-07-01T08:00:00Z', config: {} } as const;
const build = () => buildImage([{ createdBy: 'COPY . /', files: [{ path: 'a', content: 'a' }] }], SETTINGS);

let front: LocalFront;
beforeEach(async () => {
  front = await startFront();
});
afterEach(() => front.close());

describe('a pushed image', () => {
  it('is in the registry under its tag, and was announced once', async () => {
    const image = await build();
    await pushImage(front.host, 'team/app', '1.0', image);
    expect(front.registry.store.image('team/app', '1.0')).toMatchObject({
      digest: image.manifest.digest,
      tags: ['1.0'],
    });
    expect(front.actions).toMatchObject([{ action: 'PUSH', repository: 'team/app', tag: '1.0' }]);
  });

  it('that is refused rejects with the request and the status', async () => {
    const image = await build();
    const [layer] = image.layers;
    if (layer === undefined) throw new Error('there is no layer');
    const damaged = { ...image, layers: [{ ...layer, bytes: Buffer.from('other bytes') }] };
    await expect(pushImage(front.host, 'team/app', '1.0', damaged)).rejects.toThrow(
      /^PUT \/v2\/team\/app\/blobs\/uploads\/[0-9a-f-]+ was answered 400$/,
    );
    expect(front.actions).toEqual([]);
  });

  it('to nobody rejects', async () => {
    const { host } = front;
    await front.close();
    await expect(pushImage(host, 'team/app', '1.0', await build())).rejects.toThrow('ECONNREFUSED');
    front = await startFront();
  });
});
