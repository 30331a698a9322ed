/** The digests of the images that containers were started from, for images of the local registry. */
import type { Container, Task } from '@aws-sdk/client-ecs';
import { isDigest } from '../../../shared/image/digest.ts';
import type { RegistryStore } from '../../registry/registry-store.ts';

export interface ImageDigestOptions {
  readonly account: string;
  readonly region: string;
  readonly store: RegistryStore;
  readonly host: () => string;
}

export interface PulledImage {
  readonly repository: string;
  /** Undefined as long as nobody has pushed the tag. */
  readonly digest: string | undefined;
}

/** The tag begins at the last colon after the last slash; a colon before it belongs to the port. */
const REFERENCE = /^(?<repository>[^@]+?)(?::(?<tag>[^/:@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Undefined for an image of another registry: its digest is not to be known here. */
const pulledFrom = (image: string, { account, region, store, host }: ImageDigestOptions): PulledImage | undefined => {
  const registry = [host(), `${account}.dkr.ecr.${region}.amazonaws.com`].find((name) => image.startsWith(`${name}/`));
  if (registry === undefined) return undefined;
  const { repository, tag = 'latest', digest } = REFERENCE.exec(image.slice(registry.length + 1))?.groups ?? {};
  if (repository === undefined) return undefined;
  return { repository, digest: isDigest(digest) ? digest : store.image(repository, tag)?.digest };
};

const resolved = (container: Container, options: ImageDigestOptions): Container => {
  if (container.imageDigest !== undefined || container.image === undefined) return container;
  const imageDigest = pulledFrom(container.image, options)?.digest;
  return imageDigest === undefined ? container : { ...container, imageDigest };
};

/**
 * The task with the digests that can be known by now, the same one when there are no more. A digest that was found once
 * stays, as a running container keeps its image when the tag moves on.
 */
export const withImageDigests = (task: Task, options: ImageDigestOptions): Task => {
  const before = task.containers ?? [];
  const containers = before.map((container) => resolved(container, options));
  return containers.every((container, at) => container === before[at]) ? task : { ...task, containers };
};

/** `team/app` of `HOST/team/app:tag`, or undefined for an image of another registry. */
export const localRepositoryOf = (image: string, options: ImageDigestOptions): string | undefined =>
  pulledFrom(image, options)?.repository;
