/** What BuildKit adds beside an image in its index: provenance with the Dockerfile in it (`mode=max`), as an image of its own. */
import type { SampleBlob, SampleImage } from '../../local/sample/image-layout.ts';
import { OCI, type TestDescriptor } from './build-image-layout.ts';
import { artifactOf, blobOf, descriptorOf } from './push-manifest.ts';

export interface Attestation {
  readonly blobs: readonly SampleBlob[];
  readonly manifest: SampleBlob;
  /** As the index lists it. */
  readonly listed: TestDescriptor;
}

export interface Build {
  readonly dockerfile: string;
  /** The image that FROM names, as BuildKit writes it: `pkg:docker/debian@12`. */
  readonly base: string;
  /** The line of each step, the first of which is FROM, and how many layers there were after it. */
  readonly steps: readonly { readonly line: number; readonly layers: number }[];
}

const TYPE = 'https://slsa.dev/provenance/v0.2';
const UNKNOWN = { architecture: 'unknown', os: 'unknown' };

export const buildKitAttestation = (image: SampleImage, { dockerfile, base, steps }: Build): Attestation => {
  const chain = (length: number) => image.layers.slice(0, length).map((layer) => descriptorOf(OCI.layer, layer));
  const metadata = {
    source: {
      infos: [{ filename: 'Dockerfile', language: 'Dockerfile', data: Buffer.from(dockerfile).toString('base64') }],
      locations: Object.fromEntries(
        steps.map(({ line }, at) => [`step${at}`, { locations: [{ ranges: [{ start: { line }, end: { line } }] }] }]),
      ),
    },
    layers: Object.fromEntries(steps.map(({ layers }, at) => [`step${at}:0`, [chain(layers)]])),
  };
  const hex = image.manifest.digest.slice('sha256:'.length);
  const statement = blobOf({
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: TYPE,
    subject: [{ name: 'pkg:docker/app', digest: { sha256: hex } }],
    predicate: {
      materials: [{ uri: base, digest: { sha256: 'd'.repeat(64) } }],
      invocation: { parameters: { frontend: 'dockerfile.v0', args: {} } },
      metadata: { 'https://mobyproject.org/buildkit@v1#metadata': metadata },
    },
  });
  const layer = {
    ...descriptorOf('application/vnd.in-toto+json', statement),
    annotations: { 'in-toto.io/predicate-type': TYPE },
  };
  const config = blobOf({ ...UNKNOWN, config: {}, rootfs: { type: 'layers', diff_ids: [layer.digest] } });
  const manifest = artifactOf(descriptorOf(OCI.config, config), layer);
  return {
    blobs: [statement, config],
    manifest,
    listed: {
      ...descriptorOf(OCI.manifest, manifest),
      platform: UNKNOWN,
      annotations: {
        'vnd.docker.reference.digest': image.manifest.digest,
        'vnd.docker.reference.type': 'attestation-manifest',
      },
    },
  };
};
