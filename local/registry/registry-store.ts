/** The repositories of the registry and their images: what the OCI routes write and the ECR API reads. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/base/clock.ts';
import { type Digest, isDigest } from '../../shared/image/digest.ts';
import type { ImageAction } from './image-action.ts';
import { type ParsedManifest, parseManifest } from './manifest.ts';
import { RegistryError } from './registry-error.ts';

export interface StoredImage {
  readonly digest: Digest;
  readonly manifest: Buffer;
  readonly parsed: ParsedManifest;
  /** Of config and layers as they are stored, that is compressed; of an index, its own. */
  readonly sizeInBytes: number;
  readonly pushedAt: Date;
  readonly tags: readonly string[];
}

export interface StoredRepository {
  readonly name: string;
  readonly createdAt: Date;
}

export interface RegistryStore {
  readonly repositories: () => readonly StoredRepository[];
  /** False when the repository exists already. */
  readonly createRepository: (name: string) => boolean;
  /** In the order of their first push; undefined for an unknown repository. */
  readonly images: (repository: string) => readonly StoredImage[] | undefined;
  readonly image: (repository: string, reference: string) => StoredImage | undefined;
  readonly hasBlob: (repository: string, digest: Digest) => boolean;
  readonly linkBlob: (repository: string, digest: Digest) => void;
  readonly unlinkBlob: (repository: string, digest: Digest) => boolean;
  /** Throws MANIFEST_INVALID, MANIFEST_BLOB_UNKNOWN or DIGEST_INVALID. */
  readonly putManifest: (repository: string, reference: string, manifest: Buffer, contentType: string) => StoredImage;
  /** By tag: takes the tag away, and with its last tag the image, as ECR does. By digest: the image. */
  readonly deleteImage: (repository: string, reference: string) => 'deleted' | 'unknown' | 'in-index';
}

export interface RegistryStoreOptions {
  readonly clock: Clock;
  readonly onAction: (action: ImageAction) => void;
}

interface Repository extends StoredRepository {
  readonly blobs: Set<Digest>;
  readonly images: Map<Digest, Omit<StoredImage, 'tags'>>;
  readonly tags: Map<string, Digest>;
}

export const digestOf = (bytes: Buffer): Digest => {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (!isDigest(digest)) throw new Error(`not a digest: ${digest}`);
  return digest;
};

const requireReferences = ({ blobs, images }: Repository, { blobs: wanted, children }: ParsedManifest): void => {
  const missing = wanted.find(({ digest }) => !blobs.has(digest)) ?? children.find(({ digest }) => !images.has(digest));
  if (missing !== undefined) {
    throw new RegistryError('MANIFEST_BLOB_UNKNOWN', `the repository does not have ${missing.digest}`);
  }
};

export const createRegistryStore = ({ clock, onAction }: RegistryStoreOptions): RegistryStore => {
  const repositories = new Map<string, Repository>();

  // ECR wants a repository to be created before the first push (or a creation template); here the first push creates it.
  const repositoryOf = (name: string): Repository => {
    const existing = repositories.get(name);
    if (existing !== undefined) return existing;
    const created = { name, createdAt: clock.now(), blobs: new Set<Digest>(), images: new Map(), tags: new Map() };
    repositories.set(name, created);
    return created;
  };

  const tagsOf = ({ tags }: Repository, digest: Digest): readonly string[] =>
    [...tags].filter(([, tagged]) => tagged === digest).map(([tag]) => tag);

  const find = (name: string, reference: string): StoredImage | undefined => {
    const repository = repositories.get(name);
    const digest = isDigest(reference) ? reference : repository?.tags.get(reference);
    const image = digest === undefined ? undefined : repository?.images.get(digest);
    return repository === undefined || image === undefined
      ? undefined
      : { ...image, tags: tagsOf(repository, image.digest) };
  };

  const actionOf = (action: 'PUSH' | 'DELETE', repository: string, image: StoredImage, tag?: string): ImageAction => ({
    action,
    repository,
    digest: image.digest,
    tag,
    manifestMediaType: image.parsed.mediaType,
    artifactMediaType: image.parsed.artifactMediaType,
    time: clock.now(),
  });

  const putManifest: RegistryStore['putManifest'] = (name, reference, manifest, contentType) => {
    const parsed = parseManifest(manifest, contentType);
    const digest = digestOf(manifest);
    if (reference.includes(':') && reference !== digest) {
      throw new RegistryError('DIGEST_INVALID', `the manifest's digest is ${digest}, not ${reference}`);
    }
    const repository = repositoryOf(name);
    requireReferences(repository, parsed);
    const tag = isDigest(reference) ? undefined : reference;
    const before = find(name, digest);
    // ECR answers ImageAlreadyExists and sends no event when neither the image nor its tag is new.
    const isNew = before === undefined || (tag !== undefined && !before.tags.includes(tag));
    if (before === undefined) {
      const blobBytes = parsed.blobs.reduce((sum, { size }) => sum + size, 0);
      const sizeInBytes = parsed.children.length > 0 ? manifest.length : blobBytes;
      repository.images.set(digest, { digest, manifest, parsed, sizeInBytes, pushedAt: clock.now() });
    }
    if (tag !== undefined) repository.tags.set(tag, digest);
    const stored = find(name, digest);
    if (stored === undefined) throw new Error(`${name}@${digest} was stored and is not there`);
    if (isNew) onAction(actionOf('PUSH', name, stored, tag));
    return stored;
  };

  const deleteImage: RegistryStore['deleteImage'] = (name, reference) => {
    const repository = repositories.get(name);
    const image = find(name, reference);
    if (repository === undefined || image === undefined) return 'unknown';
    const tagged = isDigest(reference) ? image.tags : [reference];
    const isLast = tagged.length === image.tags.length;
    const inIndex = [...repository.images.values()].some(({ parsed }) =>
      parsed.children.some(({ digest }) => digest === image.digest),
    );
    if (isLast && inIndex) return 'in-index';
    for (const tag of tagged) repository.tags.delete(tag);
    if (isLast) repository.images.delete(image.digest);
    for (const tag of tagged.length > 0 ? tagged : [undefined]) onAction(actionOf('DELETE', name, image, tag));
    return 'deleted';
  };

  return {
    repositories: () => [...repositories.values()].map(({ name, createdAt }) => ({ name, createdAt })),
    createRepository: (name) => {
      const isNew = !repositories.has(name);
      repositoryOf(name);
      return isNew;
    },
    images: (name) => {
      const repository = repositories.get(name);
      return repository && [...repository.images.values()].map((i) => ({ ...i, tags: tagsOf(repository, i.digest) }));
    },
    image: find,
    hasBlob: (name, digest) => repositories.get(name)?.blobs.has(digest) ?? false,
    linkBlob: (name, digest) => void repositoryOf(name).blobs.add(digest),
    unlinkBlob: (name, digest) => repositories.get(name)?.blobs.delete(digest) ?? false,
    putManifest,
    deleteImage,
  };
};
