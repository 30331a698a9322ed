/** IMG-030: layers that are somewhere else than in the registry. */
import type { Descriptor } from '../../image/manifest.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { APP_LAYER, BASE_LAYER, exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule } from './image-rule.ts';

const TAR = 'application/vnd.oci.image.layer.v1.tar+gzip';
const FOREIGN = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
const base = { mediaType: TAR, digest: BASE_LAYER, size: 30_000_000 } as const;
const app = { mediaType: TAR, digest: APP_LAYER, size: 2_000_000 } as const;

/** Microsoft does not let others distribute the layers of Windows. */
const MICROSOFT = /^https:\/\/(?:mcr|go)\.microsoft\.com\//;

export const foreignLayers: ImageRule = {
  id: 'IMG-030',
  title: 'Layers come from outside the registry',
  rationale:
    'The manifest names another address for a layer. Old runtimes sent the registry’s credentials there, and no one in the registry, no scanner either, sees what is in such a layer.',
  severity: 'HIGH',
  class: 'runtime-attack',
  confirmed: true,
  references: {
    nist: ['3.1.5', '3.2.1', '4.1.5', '4.2.1'],
    cis: [],
    others: ['CVE-2020-15157', 'GO-2022-0803', 'ContainerDrip'],
  },
  remediation:
    'Do not run this image; find out who built it. Build it again from a base whose layers are all in a registry.',
  examples: {
    good: [
      { title: 'all in the registry', subject: exampleImage() },
      {
        title: 'the base layer of Windows',
        subject: exampleImage({
          imageConfig: { os: 'windows' },
          manifest: {
            layers: [{ ...base, mediaType: FOREIGN, urls: ['https://mcr.microsoft.com/v2/windows/blobs/a'] }, app],
          },
        }),
      },
    ],
    bad: [
      {
        title: 'another address',
        subject: exampleImage({ manifest: { layers: [base, { ...app, urls: ['https://layers.example.com/a'] }] } }),
      },
      {
        title: 'a layer that is said not to be in the registry',
        subject: exampleImage({ manifest: { layers: [{ ...base, mediaType: FOREIGN }, app] } }),
      },
      {
        title: 'a Windows layer from somebody',
        subject: exampleImage({
          imageConfig: { os: 'windows' },
          manifest: { layers: [{ ...base, mediaType: FOREIGN, urls: ['https://layers.example.com/a'] }] },
        }),
      },
    ],
  },
  check: (image) => {
    const { manifest, config } = image;
    const isMicrosofts = ({ urls = [] }: Descriptor): boolean =>
      config.os === 'windows' && urls.every((url) => MICROSOFT.test(url));
    return failOrPass([
      ...((manifest.config.urls ?? []).length > 0
        ? [{ text: 'the config names another address than the registry', origin: 'app' } as const]
        : []),
      ...manifest.layers.flatMap((layer, index) =>
        isForeign(layer) && !isMicrosofts(layer)
          ? [{ text: toldOf(layer, index + 1), layer: layer.digest, ...makerOf(image, layer) }]
          : [],
      ),
    ]);
  },
};

const isForeign = ({ mediaType, urls = [] }: Descriptor): boolean =>
  urls.length > 0 || mediaType.includes('foreign') || mediaType.includes('nondistributable');

const toldOf = ({ urls = [] }: Descriptor, position: number): string =>
  urls.length > 0
    ? `layer ${position} names another address than the registry`
    : `layer ${position} is of a type that registries do not keep`;

const makerOf = ({ steps }: InspectedImage, { digest }: Descriptor) => {
  const step = steps.find(({ layer }) => layer === digest);
  return step === undefined ? ({ origin: 'unknown' } as const) : { origin: step.origin, instruction: step.index };
};
