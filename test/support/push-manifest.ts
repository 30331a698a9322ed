/** Pushes what is no plain image: an index, an attestation, a signature; and an image whose blobs were tampered with. */
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SampleBlob, SampleImage } from '../../local/sample/image-layout.ts';
import { OCI, sha256Of, type TestDescriptor } from './build-image-layout.ts';

export const blobOf = (content: Buffer | object): SampleBlob => {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  return { digest: sha256Of(bytes), bytes };
};

export const descriptorOf = (mediaType: string, { digest, bytes }: SampleBlob): TestDescriptor => ({
  mediaType,
  digest,
  size: bytes.length,
});

/** `registry`: `127.0.0.1:PORT`. */
export const pushBlob = async (registry: string, repository: string, { digest, bytes }: SampleBlob): Promise<void> => {
  const base = `http://${registry}/v2/${repository}`;
  const upload = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const place = new URL(upload.headers.get('location') ?? '', base);
  place.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream' };
  const stored = await fetch(place, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  if (!stored.ok) throw new Error(`the registry answered ${stored.status} to a blob`);
};

/** `reference`: a tag, or the digest itself. */
export const pushManifest = async (
  registry: string,
  repository: string,
  reference: string,
  { bytes }: SampleBlob,
  mediaType: string = OCI.manifest,
): Promise<void> => {
  const response = await fetch(`http://${registry}/v2/${repository}/manifests/${reference}`, {
    method: 'PUT',
    headers: { 'content-type': mediaType },
    body: new Uint8Array(bytes),
  });
  if (!response.ok) throw new Error(`the registry answered ${response.status}: ${await response.text()}`);
};

/** An image of one blob that is no file system: what BuildKit, cosign and others attach to images. */
export const artifactOf = (
  config: TestDescriptor,
  layer: TestDescriptor,
  rest: Readonly<Record<string, unknown>> = {},
): SampleBlob => blobOf({ schemaVersion: 2, mediaType: OCI.manifest, config, layers: [layer], ...rest });

/** Overwrites the blob where the local registry keeps it, which no client could. */
export const overwriteStoredBlob = async ({ digest }: SampleBlob, bytes: Buffer): Promise<void> => {
  const name = digest.slice('sha256:'.length);
  const folders = (await readdir(tmpdir())).filter((folder) => folder.startsWith('sekisho-registry-'));
  for (const folder of folders) {
    const directory = path.join(tmpdir(), folder);
    if ((await readdir(directory)).includes(name)) return writeFile(path.join(directory, name), bytes);
  }
  throw new Error('no registry of this machine has the blob');
};

/** The image with another of its layers in the place of one; its config still names the layer that was there. */
export const withLayer = (image: SampleImage, at: number, bytes: Buffer): SampleImage => {
  const layers = image.layers.map((layer, index) => (index === at ? blobOf(bytes) : layer));
  const manifest = blobOf({
    schemaVersion: 2,
    mediaType: OCI.manifest,
    config: descriptorOf(OCI.config, image.config),
    layers: layers.map((layer) => descriptorOf(OCI.layer, layer)),
  });
  return { manifest, config: image.config, layers };
};
