import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import type { LayerReport } from '../../../shared/layer/layer-report.ts';
import { unreadLayer } from '../../../shared/layer/unread-layer.ts';
import { inspectPlatform } from '../../../shared/pipeline/inspect-platform.ts';
import { readImage } from '../../../shared/pipeline/read-image.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { imagesOf, type RegistryDocument } from '../../support/recording-ports.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { artifactDocument, CONFIG_DIGEST, configDocument, imageDocument } from './registry-of-images.ts';

/** The layer `1` holds what its diff id `5` says, `2` what `6` says, and so on. */
const DIFF_IDS: Readonly<Record<string, Digest>> = { 1: digest('5'), 2: digest('6') };
const readReport = (layer: Digest): LayerReport => {
  const { [layer.at(-1) ?? '']: diffId } = DIFF_IDS;
  const report = unreadLayer(layer, { by: 'failed', text: 'it is not this' });
  return { ...report, truncated: [], size: 100, ...(diffId && { diffId }) };
};

interface Given {
  readonly layers: Parameters<typeof imageDocument>[0];
  readonly diffIds: readonly Digest[];
  readonly documents?: Readonly<Record<string, RegistryDocument | SekishoError>>;
  readonly referrers?: readonly Digest[];
}

const inspect = async ({ layers, diffIds, documents = {}, referrers = [] }: Given) => {
  const images = imagesOf({
    [IMAGE.digest]: imageDocument(layers),
    [CONFIG_DIGEST]: configDocument(...diffIds),
    ...documents,
  });
  const read = await readImage(IMAGE, images);
  if (read.kind !== 'image') throw new Error('it is no image');
  const asked: (readonly Digest[])[] = [];
  const inspected = await inspectPlatform(
    { image: IMAGE, read, indexes: [], policy: BUILT_IN_POLICY, inUse: unknown('nobody asked'), today: '2026-03-02' },
    {
      images,
      registry: {
        referrersOf: async () => known(referrers.map((one) => ({ digest: one, artifactType: '' }))),
        digestOfTag: async () => known(undefined),
        tagMutabilityOf: async () => known('MUTABLE'),
      },
      reportOf: async (layer) => readReport(layer.digest),
      chains: {
        put: async () => {},
        find: async (chains) => {
          asked.push(chains);
          return undefined;
        },
      },
    },
  );
  return { ...inspected, asked };
};
const layersOf = (...digits: readonly string[]) => digits.map((digit) => ({ digest: digest(digit) }));

describe('an image', () => {
  it.each<[string, Given, boolean, string | undefined]>([
    [
      'whose layers hold what its config says is proved',
      { layers: layersOf('1', '2'), diffIds: [digest('5'), digest('6')] },
      true,
      undefined,
    ],
    ['of no layers claims none, and is no base either', { layers: [], diffIds: [] }, false, undefined],
    [
      'of no layers that claims those of another is not',
      { layers: [], diffIds: [digest('5'), digest('6')] },
      false,
      'the config lists 2 layers, the manifest 0',
    ],
    [
      'of fewer layers than it claims is not',
      { layers: layersOf('1'), diffIds: [digest('5'), digest('6')] },
      false,
      'the config lists 2 layers, the manifest 1',
    ],
    [
      'of more layers than it claims is not',
      { layers: layersOf('1', '2'), diffIds: [digest('5')] },
      false,
      'the config lists 1 layer, the manifest 2',
    ],
  ])('%s', async (_, given, isProved, incomplete) => {
    const inspected = await inspect(given);
    expect(inspected.isProved).toBe(isProved);
    expect(inspected.inspection.complete).toBe(incomplete === undefined);
    expect(inspected.inspection.incomplete).toBe(incomplete);
    // Nor is it asked whose layers those are.
    expect(inspected.asked.length > 0).toBe(isProved);
  });

  it('that lacks layers tells also of those that were not read', async () => {
    const layers = [{ digest: digest('1'), mediaType: 'application/vnd.oci.image.layer.v1.tar+encrypted' }];
    const { inspection } = await inspect({ layers, diffIds: [digest('5'), digest('6')] });
    expect(inspection.incomplete).toMatch(/^the config lists 2 layers, the manifest 1; layer 1 of 1 .*encrypted/);
  });
});

describe('a layer that cannot be read', () => {
  it.each([
    ['application/vnd.oci.image.layer.v1.tar+gzip+encrypted', 'encrypted', 'The layer is encrypted.'],
    [
      'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      'foreign',
      'The layer is not in the registry, only an address of it.',
    ],
    ['application/octet-stream', 'unreadable-archive', 'The layer’s media type is not that of a file system.'],
  ])('of the type %s says why', async (mediaType, by, text) => {
    const layers = [{ digest: digest('1'), mediaType }, { digest: digest('2') }];
    const { inspection, isProved } = await inspect({ layers, diffIds: [digest('5'), digest('6')] });
    expect(inspection.layers.map(({ truncated }) => truncated)).toEqual([[{ by, text }], []]);
    expect(inspection.complete).toBe(false);
    expect(isProved).toBe(false);
  });
});

describe('the provenance of an image', () => {
  const attested = (first: RegistryDocument | SekishoError): Given => ({
    layers: layersOf('1'),
    diffIds: [digest('5')],
    referrers: [digest('7')],
    documents: {
      [digest('7')]: artifactDocument({
        layers: ['8', '9'].map((digit) => ({
          mediaType: 'application/vnd.in-toto+json',
          digest: digest(digit),
          annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' },
        })),
      }),
      [digest('8')]: first,
      [digest('9')]: { mediaType: '', body: '{}' },
    },
  });

  it('that cannot be read is told with the base, as the reason why it is not known better', async () => {
    const { story } = await inspect(attested(new SekishoError('AWS_THROTTLED', 'ECR did not answer.')));
    expect(story.provenanceGap).toBe('ECR did not answer.');
  });

  it('that says nothing of the image is told as that', async () => {
    const { story } = await inspect(attested({ mediaType: '', body: '{}' }));
    expect(story.provenanceGap).toEqual(expect.any(String));
    expect(story.provenanceGap).not.toBe('ECR did not answer.');
  });

  it('is the first that can be used', async () => {
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/provenance/v1',
      subject: [{ name: 'app', digest: { sha256: 'a'.repeat(64) } }],
      predicate: {
        runDetails: {
          metadata: {
            buildkit_metadata: {
              source: {
                infos: [
                  {
                    filename: 'Dockerfile',
                    language: 'Dockerfile',
                    data: Buffer.from('FROM debian:12\nCOPY a /\n').toString('base64'),
                  },
                ],
                locations: { step0: { locations: [{ ranges: [{ start: { line: 1 } }] }] } },
              },
            },
          },
        },
        buildDefinition: {
          resolvedDependencies: [{ uri: 'pkg:docker/debian@12', digest: { sha256: 'd'.repeat(64) } }],
        },
      },
    };
    const given = attested({ mediaType: '', body: 'no JSON' });
    const usable = await inspect({
      ...given,
      documents: { ...given.documents, [digest('9')]: { mediaType: '', body: JSON.stringify(statement) } },
    });
    const alone = await inspect({
      ...given,
      documents: { ...given.documents, [digest('8')]: { mediaType: '', body: JSON.stringify(statement) } },
    });
    const none = await inspect(given);
    expect(usable.story).toEqual(alone.story);
    expect(usable.story).not.toEqual(none.story);
  });
});
