/** Small images for tests, pushed with plain HTTP as an OCI client pushes them. */
import { createHash } from 'node:crypto';

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';

export const sha256 = (bytes: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export const pushBlob = async (host: string, repository: string, bytes: string): Promise<string> => {
  const digest = sha256(bytes);
  const url = `http://${host}/v2/${repository}/blobs/uploads/?digest=${digest}`;
  const response = await fetch(url, { method: 'POST', body: bytes });
  if (response.status !== 201) throw new Error(`the blob was not taken: ${response.status} ${await response.text()}`);
  return digest;
};

export const putManifest = (
  host: string,
  repository: string,
  reference: string,
  manifest: unknown,
  mediaType = OCI_MANIFEST,
): Promise<Response> =>
  fetch(`http://${host}/v2/${repository}/manifests/${reference}`, {
    method: 'PUT',
    headers: { 'content-type': mediaType },
    body: typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  });

export const manifestOf = (config: string, layers: readonly string[], extra: object = {}): object => ({
  schemaVersion: 2,
  mediaType: OCI_MANIFEST,
  config: { mediaType: OCI_CONFIG, digest: sha256(config), size: config.length },
  layers: layers.map((layer) => ({
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    digest: sha256(layer),
    size: layer.length,
  })),
  ...extra,
});

/** Pushes an image of one layer and gives the digest of its manifest. */
export const pushImage = async (
  host: string,
  repository: string,
  tag: string | undefined,
  layer = 'layer of the image',
): Promise<string> => {
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', layer });
  await pushBlob(host, repository, config);
  await pushBlob(host, repository, layer);
  const manifest = JSON.stringify(manifestOf(config, [layer]));
  const digest = sha256(manifest);
  const response = await putManifest(host, repository, tag ?? digest, manifest);
  if (response.status !== 201) throw new Error(`the image was not taken: ${response.status} ${await response.text()}`);
  return digest;
};
