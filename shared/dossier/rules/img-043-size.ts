/** IMG-043: an image that brings much more than a service needs. */
import type { Evidence, Origin } from '../../rules/rule.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { BASE_LAYER, exampleDigest, exampleImage, IN_APP } from './example-image.ts';
import { failOrPassByFiles, type ImageRule } from './image-rule.ts';

/** Compressed. A full distribution has 30 to 80 MB, one with the tools to build most languages about 350 MB. */
const MAX_BYTES = 500_000_000;
/** The full base images of Debian, Ubuntu and Red Hat have 90 to 200, one with the tools to build most languages 400. */
const MAX_PACKAGES = 300;
/** Half of the 127 that Docker allows: every file is looked up through them, and each keeps what the next deletes. */
const MAX_LAYERS = 64;

const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar+gzip';
const layers = (count: number, size: number) =>
  Array.from({ length: count }, (_, index) => ({
    mediaType: LAYER_TYPE,
    digest: index === 0 ? BASE_LAYER : exampleDigest(index),
    size,
  }));
const packages = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `package-${index}`,
    version: '1.0-1',
    type: 'deb' as const,
    path: 'var/lib/dpkg/status',
    ...IN_APP,
  }));

export const size: ImageRule = {
  id: 'IMG-043',
  title: 'The image is large',
  rationale:
    'Every package is one that can have vulnerabilities, and every byte is pulled before a task starts. What is far above a whole distribution holds build tools or data.',
  severity: 'INFO',
  class: 'surface',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: ['4.3'], others: [] },
  remediation:
    'Start from a slim base, build in a stage of its own, and copy only what the service needs into the last.',
  examples: {
    good: [
      { title: 'an ordinary size', subject: exampleImage() },
      {
        title: 'exactly as many packages as are ordinary',
        subject: exampleImage({ tree: { components: packages(300) } }),
      },
    ],
    bad: [
      { title: 'more than 500 MB compressed', subject: exampleImage({ manifest: { layers: layers(2, 300_000_000) } }) },
      {
        title: 'more than 300 packages of the distribution',
        subject: exampleImage({ tree: { components: packages(301) } }),
      },
      { title: 'more than 64 layers', subject: exampleImage({ manifest: { layers: layers(65, 1_000) } }) },
    ],
  },
  check: (image) => failOrPassByFiles(image, [...bytes(image), ...installed(image), ...depth(image)]),
};

const bytes = (image: InspectedImage): readonly Evidence[] => {
  const total = sum(image.manifest.layers);
  if (total <= MAX_BYTES) return [];
  const baseLayers = image.supplyChain.base.layers;
  if (baseLayers === undefined) return [{ text: `${megabytes(total)} compressed`, origin: 'unknown' }];
  const own = total - sum(image.manifest.layers.slice(0, baseLayers));
  const text = `${megabytes(total)} compressed, ${megabytes(own)} of it not the base image’s`;
  return [{ text, origin: own * 2 >= total ? 'app' : 'base' }];
};

const installed = ({ tree }: InspectedImage): readonly Evidence[] => {
  const found = tree.components.filter(({ type }) => type === 'deb' || type === 'apk' || type === 'rpm');
  if (found.length <= MAX_PACKAGES) return [];
  const count = (wanted: Origin) => found.filter(({ origin }) => origin === wanted).length;
  const own = count('app');
  const origin = own * 2 >= found.length ? 'app' : count('base') * 2 >= found.length ? 'base' : 'unknown';
  return [{ text: `${found.length} packages of the distribution`, origin }];
};

const depth = ({ manifest, supplyChain: { base } }: InspectedImage): readonly Evidence[] => {
  const count = manifest.layers.length;
  if (count <= MAX_LAYERS) return [];
  const origin = base.layers === undefined ? 'unknown' : base.layers * 2 > count ? 'base' : 'app';
  return [{ text: `${count} layers`, origin }];
};

const sum = (of: readonly { readonly size: number }[]): number =>
  of.reduce((total, { size: bytes }) => total + bytes, 0);
const megabytes = (count: number): string => `${Math.round(count / 1_000_000)} MB`;
