/** One repository: its blobs, its images, and which image each tag is on. */
import { type Digest, isDigest } from '../../shared/image/digest.ts';
import type { ParsedManifest } from './manifest.ts';
import type { StoredImage } from './stored-image.ts';
import type { TagMutability } from './tag-mutability.ts';

export interface Repository {
  readonly name: string;
  readonly createdAt: Date;
  tagMutability: TagMutability;
  /** Bytes by digest. */
  readonly blobs: Map<Digest, number>;
  readonly images: Map<Digest, Omit<StoredImage, 'tags'>>;
  readonly tags: Map<string, Digest>;
}

export const tagsOf = ({ tags }: Repository, digest: Digest): readonly string[] =>
  [...tags].filter(([, tagged]) => tagged === digest).map(([tag]) => tag);

export const imagesOf = (repository: Repository): readonly StoredImage[] =>
  [...repository.images.values()].map((image) => ({ ...image, tags: tagsOf(repository, image.digest) }));

export const findImage = (repository: Repository | undefined, reference: string): StoredImage | undefined => {
  const digest = isDigest(reference) ? reference : repository?.tags.get(reference);
  const image = digest === undefined ? undefined : repository?.images.get(digest);
  return repository && image && { ...image, tags: tagsOf(repository, image.digest) };
};

/** What a manifest names and the repository does not have. */
export interface Missing {
  readonly blobs: readonly Digest[];
  readonly images: readonly Digest[];
}

export const missingIn = (repository: Repository | undefined, { blobs, children }: ParsedManifest): Missing => ({
  blobs: blobs.map(({ digest }) => digest).filter((digest) => !repository?.blobs.has(digest)),
  images: children.map(({ digest }) => digest).filter((digest) => !repository?.images.has(digest)),
});
