/** Pushes an image as any OCI client does: blobs first, then the manifest under its tag. */
import { request } from 'node:http';
import type { SampleBlob, SampleImage } from './image-layout.ts';

/** `registry`: `127.0.0.1:PORT`. Throws with the registry's answer. */
export const pushImage = async (
  registry: string,
  repository: string,
  tag: string,
  image: SampleImage,
): Promise<void> => {
  const base = `http://${registry}/v2/${repository}`;
  for (const blob of [...image.layers, image.config]) await pushBlob(base, blob);
  await send('PUT', `${base}/manifests/${tag}`, {
    body: image.manifest.bytes,
    contentType: 'application/vnd.oci.image.manifest.v1+json',
  });
};

const pushBlob = async (base: string, { digest, bytes }: SampleBlob): Promise<void> => {
  const { location } = await send('POST', `${base}/blobs/uploads/`, {});
  if (location === undefined) throw new Error('the registry gave no place to upload to');
  const upload = new URL(location, base);
  upload.searchParams.set('digest', digest);
  await send('PUT', upload.href, { body: bytes, contentType: 'application/octet-stream' });
};

const send = (
  method: string,
  url: string,
  content: { readonly body?: Buffer; readonly contentType?: string },
): Promise<{ readonly location: string | undefined }> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-length': content.body?.byteLength ?? 0,
      ...(content.contentType !== undefined && { 'content-type': content.contentType }),
    };
    const sent = request(url, { method, headers }, (response) => {
      const { statusCode = 0 } = response;
      response.resume().on('end', () => {
        if (statusCode < 300) resolve({ location: response.headers.location });
        else reject(new Error(`${method} ${new URL(url).pathname} was answered ${statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(content.body);
  });
