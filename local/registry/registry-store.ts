/** The repositories of the registry and their images: what the OCI routes write and the ECR API reads. */
import type { Clock } from '../../shared/base/clock.ts';
import { type Digest, isDigest } from '../../shared/image/digest.ts';
import type { ImageAction } from './image-action.ts';
import { type ParsedManifest, parseManifest } from './manifest.ts';
import { RegistryError } from './registry-error.ts';
import { findImage, imagesOf, type Missing, missingIn, type Repository, tagsOf } from './repository.ts';
import { digestOf, type StoredImage, sizeOf } from './stored-image.ts';
import { isFixed, MUTABLE, type TagMutability } from './tag-mutability.ts';

export interface StoredRepository {
  readonly name: string;
  readonly createdAt: Date;
  readonly tagMutability: TagMutability;
}

export interface RegistryStore {
  readonly repositories: () => readonly StoredRepository[];
  readonly repository: (name: string) => StoredRepository | undefined;
  /** False when the repository exists already. */
  readonly createRepository: (name: string, tagMutability?: TagMutability) => boolean;
  /** With all images. */
  readonly deleteRepository: (name: string) => void;
  readonly setTagMutability: (name: string, tagMutability: TagMutability) => void;
  /** In the order of their first push; undefined for an unknown repository. */
  readonly images: (repository: string) => readonly StoredImage[] | undefined;
  readonly image: (repository: string, reference: string) => StoredImage | undefined;
  /** Bytes; undefined when the repository does not have the blob. */
  readonly blobSize: (repository: string, digest: Digest) => number | undefined;
  readonly linkBlob: (repository: string, digest: Digest, bytes: number) => void;
  readonly unlinkBlob: (repository: string, digest: Digest) => boolean;
  readonly missing: (repository: string, manifest: ParsedManifest) => Missing;
  /** Throws MANIFEST_INVALID, MANIFEST_BLOB_UNKNOWN, DIGEST_INVALID, or TAG_INVALID for a tag that may not move. */
  readonly putManifest: (repository: string, reference: string, manifest: Buffer, contentType: string) => StoredImage;
  /** By tag: takes the tag away, and with its last tag the image, as ECR does. By digest: the image. */
  readonly deleteImage: (repository: string, reference: string) => 'deleted' | 'unknown' | 'in-index';
}

export interface RegistryStoreOptions {
  readonly clock: Clock;
  readonly onAction: (action: ImageAction) => void;
}

export const createRegistryStore = ({ clock, onAction }: RegistryStoreOptions): RegistryStore => {
  const repositories = new Map<string, Repository>();

  // ECR wants a repository to be created before the first push (or a creation template); here the first push creates it.
  const repositoryOf = (name: string, tagMutability = MUTABLE): Repository => {
    const existing = repositories.get(name);
    if (existing !== undefined) return existing;
    const created: Repository = {
      name,
      createdAt: clock.now(),
      tagMutability,
      blobs: new Map(),
      images: new Map(),
      tags: new Map(),
    };
    repositories.set(name, created);
    return created;
  };

  const tell = (action: 'PUSH' | 'DELETE', repository: string, image: StoredImage, tag?: string): void =>
    onAction({
      action,
      repository,
      digest: image.digest,
      tag,
      manifestMediaType: image.parsed.mediaType,
      artifactMediaType: image.parsed.artifactMediaType,
      time: clock.now(),
    });

  /** One action for each tag, or one for an image without tags. */
  const tellDeleted = (repository: string, image: StoredImage, tags: readonly string[]): void => {
    for (const tag of tags.length > 0 ? tags : [undefined]) tell('DELETE', repository, image, tag);
  };

  const putManifest: RegistryStore['putManifest'] = (name, reference, manifest, contentType) => {
    const parsed = parseManifest(manifest, contentType);
    const digest = digestOf(manifest);
    if (reference.includes(':') && reference !== digest) {
      throw new RegistryError('DIGEST_INVALID', `the manifest's digest is ${digest}, not ${reference}`);
    }
    const repository = repositoryOf(name);
    const missing = missingIn(repository, parsed);
    const [absent] = [...missing.blobs, ...missing.images];
    if (absent !== undefined) {
      throw new RegistryError('MANIFEST_BLOB_UNKNOWN', `the repository does not have ${absent}`);
    }
    const tag = isDigest(reference) ? undefined : reference;
    const tagged = tag === undefined ? undefined : repository.tags.get(tag);
    if (tag !== undefined && tagged !== undefined && tagged !== digest && isFixed(repository.tagMutability, tag)) {
      const why = 'already exists in the repository, whose tags are immutable';
      throw new RegistryError('TAG_INVALID', `the image tag '${tag}' ${why}`);
    }
    const before = repository.images.get(digest);
    const image = before ?? {
      digest,
      manifest,
      parsed,
      sizeInBytes: sizeOf(parsed, repository.images),
      pushedAt: clock.now(),
    };
    repository.images.set(digest, image);
    if (tag !== undefined) repository.tags.set(tag, digest);
    const stored = { ...image, tags: tagsOf(repository, digest) };
    // ECR answers ImageAlreadyExists and sends no event when neither the image nor its tag is new.
    if (before === undefined || (tag !== undefined && tagged !== digest)) tell('PUSH', name, stored, tag);
    return stored;
  };

  const deleteImage: RegistryStore['deleteImage'] = (name, reference) => {
    const repository = repositories.get(name);
    const image = findImage(repository, reference);
    if (repository === undefined || image === undefined) return 'unknown';
    const tagged = isDigest(reference) ? image.tags : [reference];
    const isLast = tagged.length === image.tags.length;
    const inIndex = [...repository.images.values()].some(({ parsed }) =>
      parsed.children.some(({ digest }) => digest === image.digest),
    );
    if (isLast && inIndex) return 'in-index';
    for (const tag of tagged) repository.tags.delete(tag);
    if (isLast) repository.images.delete(image.digest);
    tellDeleted(name, image, tagged);
    return 'deleted';
  };

  return {
    repositories: () => [...repositories.values()],
    repository: (name) => repositories.get(name),
    createRepository: (name, tagMutability) => {
      const isNew = !repositories.has(name);
      repositoryOf(name, tagMutability);
      return isNew;
    },
    deleteRepository: (name) => {
      const repository = repositories.get(name);
      if (repository === undefined) return;
      repositories.delete(name);
      for (const image of imagesOf(repository)) tellDeleted(name, image, image.tags);
    },
    setTagMutability: (name, tagMutability) => {
      repositoryOf(name).tagMutability = tagMutability;
    },
    images: (name) => {
      const repository = repositories.get(name);
      return repository && imagesOf(repository);
    },
    image: (name, reference) => findImage(repositories.get(name), reference),
    blobSize: (name, digest) => repositories.get(name)?.blobs.get(digest),
    linkBlob: (name, digest, bytes) => void repositoryOf(name).blobs.set(digest, bytes),
    unlinkBlob: (name, digest) => repositories.get(name)?.blobs.delete(digest) ?? false,
    missing: (name, manifest) => missingIn(repositories.get(name), manifest),
    putManifest,
    deleteImage,
  };
};
