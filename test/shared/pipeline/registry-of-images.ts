/** Manifests and configs for a registry of documents, in which each image is known by the digit of its digest. */
import type { RegistryDocument } from '../../support/recording-ports.ts';
import { digest } from '../enrichment/findings.ts';
import { OCI_CONFIG } from '../image/documents.ts';

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX = 'application/vnd.oci.image.index.v1+json';
export const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

const document = (mediaType: string, content: object): RegistryDocument => ({
  mediaType,
  body: JSON.stringify({ schemaVersion: 2, mediaType, ...content }),
});

/** All images have one config: nothing here reads more of it than how many layers it lists. */
export const CONFIG_DIGEST = digest('c');

export interface LayerOfImage {
  readonly digest: string;
  readonly mediaType?: string;
}

export const imageDocument = (layers: readonly LayerOfImage[]): RegistryDocument =>
  document(MANIFEST, {
    config: { mediaType: OCI_CONFIG, digest: CONFIG_DIGEST, size: 10 },
    layers: layers.map(({ digest, mediaType = LAYER }) => ({ mediaType, digest, size: 100 })),
  });

export const configDocument = (...diffIds: readonly string[]): RegistryDocument => ({
  mediaType: OCI_CONFIG,
  body: JSON.stringify({
    os: 'linux',
    architecture: 'arm64',
    config: {},
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: [],
  }),
});

export interface EntryOfIndex {
  readonly digest: string;
  readonly about?: string;
}

/** `about`: the entry is an attestation of that image, as BuildKit writes it. */
export const indexDocument = (entries: readonly EntryOfIndex[]): RegistryDocument =>
  document(INDEX, {
    manifests: entries.map(({ digest, about }) => ({
      mediaType: MANIFEST,
      digest,
      size: 1,
      platform:
        about === undefined ? { os: 'linux', architecture: 'arm64' } : { os: 'unknown', architecture: 'unknown' },
      ...(about !== undefined && {
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': about },
      }),
    })),
  });

export interface BlobOfArtifact {
  readonly mediaType: string;
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const artifactDocument = (artifact: {
  readonly artifactType?: string;
  readonly subject?: string;
  readonly layers: readonly BlobOfArtifact[];
  readonly annotations?: Readonly<Record<string, string>>;
}): RegistryDocument =>
  document(MANIFEST, {
    ...artifact,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digest('e'), size: 2 },
    layers: artifact.layers.map((layer) => ({ size: 10, ...layer })),
    subject: artifact.subject && { mediaType: MANIFEST, digest: artifact.subject, size: 10 },
  });
