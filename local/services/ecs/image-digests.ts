/** What starting a container pulls: images of this account's registry are there or not, others are not to be known. */
import type { Digest } from '../../../shared/image/digest.ts';
import type { RegistryStore } from '../../registry/registry-store.ts';

export interface ImageDigestOptions {
  readonly account: string;
  readonly region: string;
  readonly store: RegistryStore;
  readonly host: () => string;
}

interface LocalImage {
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
}

/** The tag begins at the last colon after the last slash; a colon before it belongs to the port. */
const REFERENCE = /^(?<repository>[^@]+?)(?::(?<tag>[^/:@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Undefined for an image of another registry. */
const localImageFrom = (image: string, { account, region, host }: ImageDigestOptions): LocalImage | undefined => {
  const registry = [host(), `${account}.dkr.ecr.${region}.amazonaws.com`].find((name) => image.startsWith(`${name}/`));
  if (registry === undefined) return undefined;
  const name = image.slice(registry.length + 1);
  const { repository = name, tag = 'latest', digest } = REFERENCE.exec(name)?.groups ?? {};
  return { repository, reference: digest ?? tag };
};

/** The digest of the image; `not-found` when the registry does not have it, `elsewhere` when it is another registry's. */
export const pullImage = (image: string, options: ImageDigestOptions): Digest | 'not-found' | 'elsewhere' => {
  const local = localImageFrom(image, options);
  if (local === undefined) return 'elsewhere';
  return options.store.image(local.repository, local.reference)?.digest ?? 'not-found';
};

/** `team/app` of `HOST/team/app:tag`, or undefined for an image of another registry. */
export const localRepositoryOf = (image: string, options: ImageDigestOptions): string | undefined =>
  localImageFrom(image, options)?.repository;
