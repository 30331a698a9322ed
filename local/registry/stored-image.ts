/** An image as a repository keeps it. */
import { createHash } from 'node:crypto';
import { type Digest, isDigest } from '../../shared/image/digest.ts';
import type { ParsedManifest } from './manifest.ts';

export interface StoredImage {
  readonly digest: Digest;
  readonly manifest: Buffer;
  readonly parsed: ParsedManifest;
  /** Of config and layers as they are stored, that is compressed; of an index, that of its largest manifest. */
  readonly sizeInBytes: number;
  readonly pushedAt: Date;
  readonly tags: readonly string[];
}

export const digestOf = (bytes: Buffer): Digest => {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (!isDigest(digest)) throw new Error(`not a digest: ${digest}`);
  return digest;
};

/** `images`: those of the repository, by digest. */
export const sizeOf = (
  { children, blobs }: ParsedManifest,
  images: ReadonlyMap<Digest, { readonly sizeInBytes: number }>,
): number =>
  children.length > 0
    ? Math.max(...children.map(({ digest }) => images.get(digest)?.sizeInBytes ?? 0))
    : blobs.reduce((sum, { size }) => sum + size, 0);
