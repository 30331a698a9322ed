/** IMG-029: a manifest that does not say, or says wrongly, what it is. */
import type { ImageManifest } from '../../image/manifest.ts';
import { isImageManifestMediaType } from '../../image/media-types.ts';
import { exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, PASS } from './image-rule.ts';

const { config, layers } = exampleImage().manifest;
const UNTYPED: ImageManifest = { kind: 'image', config, layers, annotations: {} };

// What can be read both as an index and as an image is refused before any rule sees it. What is left is a document
// whose type stands in the registry's header alone, which its digest does not cover, or one that contradicts itself.
export const untypedManifest: ImageRule = {
  id: 'IMG-029',
  title: 'The manifest does not say that it is an image',
  rationale:
    'Runtimes have told images from indexes by different fields, so that one document was two images to two readers. The media type inside the manifest, which its digest covers, settles it.',
  severity: 'HIGH',
  class: 'runtime-attack',
  confirmed: true,
  references: {
    nist: ['3.1.5', '3.2.1', '4.1.5', '4.2.1'],
    cis: [],
    others: ['CVE-2021-41190', 'GO-2022-0360'],
  },
  remediation:
    'Build and push the image again with a current builder, which writes the media type. Do not run one whose manifest says that it is something else.',
  examples: {
    good: [
      { title: 'an OCI image manifest', subject: exampleImage() },
      {
        title: 'a Docker image manifest',
        subject: exampleImage({ manifest: { mediaType: 'application/vnd.docker.distribution.manifest.v2+json' } }),
      },
    ],
    bad: [
      { title: 'no media type', subject: { ...exampleImage(), manifest: UNTYPED }, severity: 'INFO' },
      { title: 'the media type of something else', subject: exampleImage({ manifest: { mediaType: 'text/plain' } }) },
    ],
  },
  check: ({ manifest: { mediaType } }) => {
    if (mediaType === undefined)
      return failOrPass([{ text: 'the manifest has no mediaType', origin: 'app' }], { severity: 'INFO' });
    if (isImageManifestMediaType(mediaType)) return PASS;
    return failOrPass([{ text: `the manifest says that it is ${mediaType}`, origin: 'app' }]);
  },
};
