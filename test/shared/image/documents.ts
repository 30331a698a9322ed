/** Digests, manifests and configs to build the cases from. */
import type { Digest } from '../../../shared/image/digest.ts';
import type { ImageReference } from '../../../shared/image/image-reference.ts';

/** A digest of one repeated hex digit. */
export const digestOf = (digit: string): Digest => `sha256:${digit.repeat(64)}` as Digest;

export const IMAGE: ImageReference = {
  partition: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  repository: 'team/app',
  digest: digestOf('f'),
};

export const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
export const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

export const layerOf = (digit: string) => ({ mediaType: OCI_LAYER, digest: digestOf(digit), size: 100 });

export const manifestOf = (fields: object = {}) => ({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: { mediaType: OCI_CONFIG, digest: digestOf('c'), size: 10 },
  layers: [layerOf('1')],
  ...fields,
});
