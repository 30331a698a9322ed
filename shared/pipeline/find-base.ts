/** Which images of the registry an image may be built from: those whose layers are the longest beginning of its own. */
import type { KnownBase } from '../dockerfile/base-image.ts';
import { chainIds } from '../image/chain-id.ts';
import type { Digest } from '../image/digest.ts';
import { type ImageReference, registryHost, repositoryArn } from '../image/image-reference.ts';
import type { ChainStore, KnownImage } from './inspection-ports.ts';

/** `name`: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/base:1`; without a tag where none is known. */
export interface FoundBase extends KnownBase {
  readonly image: ImageReference;
  readonly tag?: string;
}

/**
 * `diffIds`: of all layers of the image, lowest first. All of them are the image itself: only a shorter beginning is a
 * base. So are images of other repositories only: an earlier build of the same one often begins alike. Several, with as
 * many layers each, where they differ in their configs alone. Throws what the store throws.
 */
export const findBases = async (
  image: ImageReference,
  diffIds: readonly Digest[],
  chains: ChainStore,
): Promise<readonly FoundBase[]> => {
  const shorter = chainIds(diffIds).slice(0, -1);
  for (let left = shorter.toReversed(); left.length > 0; ) {
    const found = await chains.find(left);
    if (found === undefined) return [];
    const others = found.known.filter((known) => repositoryArn(known.image) !== repositoryArn(image));
    const layers = shorter.indexOf(found.chain) + 1;
    if (others.length > 0) return others.map((known) => baseFrom(known, layers));
    left = left.slice(left.indexOf(found.chain) + 1);
  }
  return [];
};

const baseFrom = ({ image, tags }: KnownImage, layers: number): FoundBase => {
  const [tag] = tags;
  return {
    name: `${registryHost(image)}/${image.repository}${tag === undefined ? '' : `:${tag}`}`,
    digest: image.digest,
    layers,
    image,
    ...(tag !== undefined && { tag }),
  };
};

/** Of the image itself, for those that will be built from it; undefined for an image without layers. */
export const chainOf = (diffIds: readonly Digest[]): Digest | undefined => chainIds(diffIds).at(-1);
