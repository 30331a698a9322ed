import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { inMemoryDossiers } from '../../../shared/memory/dossiers.ts';
import { recordImage } from '../../../shared/pipeline/record-image.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { imagesOf } from '../../support/recording-ports.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { manifestOf, OCI_CONFIG } from '../image/documents.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const document = (mediaType: string, content: unknown) => ({ mediaType, body: JSON.stringify(content) });
const config = document(OCI_CONFIG, {
  os: 'linux',
  architecture: 'arm64',
  config: { User: '10001', Cmd: ['run'] },
  rootfs: { type: 'layers', diff_ids: [digest('2')] },
  history: [{ created_by: 'COPY app /app # buildkit' }],
});

const portsWith = (documents: Parameters<typeof imagesOf>[0]) => ({
  images: imagesOf(documents),
  dossiers: inMemoryDossiers(),
  clock: manualClock(),
});

describe('recordImage', () => {
  it('reads manifest and config of an image, and keeps its dossier', async () => {
    const ports = portsWith({ [IMAGE.digest]: document(MANIFEST, manifestOf()), [digest('c')]: config });
    const dossier = await recordImage(IMAGE, ports);
    expect(dossier).toMatchObject({
      kind: 'image',
      image: IMAGE,
      platform: 'linux/arm64',
      user: '10001',
      command: ['run'],
      layers: [{ digest: digest('1'), diffId: digest('2') }],
    });
    expect(await ports.dossiers.get(IMAGE)).toEqual(dossier);
    expect(ports.images.reads).toEqual([IMAGE.digest, digest('c')]);
  });

  it('keeps of an index what it points to, and reads no config', async () => {
    const manifests = [
      { mediaType: MANIFEST, digest: digest('1'), size: 1, platform: { os: 'linux', architecture: 'amd64' } },
      { mediaType: MANIFEST, digest: digest('2'), size: 1, platform: { os: 'unknown', architecture: 'unknown' } },
    ];
    const ports = portsWith({ [IMAGE.digest]: document(INDEX, { schemaVersion: 2, mediaType: INDEX, manifests }) });
    await recordImage(IMAGE, ports);
    expect(await ports.dossiers.get(IMAGE)).toEqual({
      kind: 'index',
      image: IMAGE,
      platforms: [{ digest: digest('1'), platform: 'linux/amd64' }],
      attestations: [{ digest: digest('2') }],
    });
    expect(ports.images.reads).toEqual([IMAGE.digest]);
  });

  it('keeps of what is no image that it is none, and why', async () => {
    const chart = { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: digest('c'), size: 10 };
    const ports = portsWith({ [IMAGE.digest]: document(MANIFEST, manifestOf({ config: chart })) });
    await recordImage(IMAGE, ports);
    expect(await ports.dossiers.get(IMAGE)).toEqual({
      kind: 'artifact',
      image: IMAGE,
      artifactType: 'application/vnd.cncf.helm.config.v1+json',
      reason: 'Its config is application/vnd.cncf.helm.config.v1+json, which is not the config of a container image.',
    });
    expect(ports.images.reads).toEqual([IMAGE.digest]);
  });

  it('gives the same dossier when the push is told twice', async () => {
    const ports = portsWith({ [IMAGE.digest]: document(MANIFEST, manifestOf()), [digest('c')]: config });
    expect(await recordImage(IMAGE, ports)).toEqual(await recordImage(IMAGE, ports));
  });

  it.each<[string, Parameters<typeof imagesOf>[0], string]>([
    ['an image that is not in the registry', {}, 'IMAGE_NOT_FOUND'],
    ['a manifest that is none', { [IMAGE.digest]: document(MANIFEST, { schemaVersion: 2 }) }, 'MANIFEST_INVALID'],
    ['a config that is not in the registry', { [IMAGE.digest]: document(MANIFEST, manifestOf()) }, 'IMAGE_NOT_FOUND'],
    [
      'a config that is none',
      { [IMAGE.digest]: document(MANIFEST, manifestOf()), [digest('c')]: document(OCI_CONFIG, { rootfs: 1 }) },
      'CONFIG_INVALID',
    ],
    [
      'a registry that throttles',
      { [IMAGE.digest]: new SekishoError('AWS_THROTTLED', 'Reading the manifest failed.') },
      'AWS_THROTTLED',
    ],
  ])('keeps nothing of %s', async (_, documents, code) => {
    const ports = portsWith(documents);
    await expect(recordImage(IMAGE, ports)).rejects.toMatchObject({ code });
    expect(await ports.dossiers.get(IMAGE)).toBeUndefined();
  });
});
