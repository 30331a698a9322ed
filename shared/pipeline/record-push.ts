/** An image was pushed: work begins on it, where the push says which image it was. */
import type { ImageReference } from '../image/image-reference.ts';
import type { ImagePushed } from '../intake/intake.ts';
import type { Push } from './inspection-ports.ts';
import { DONE, ignored, type Settled } from './settled.ts';

/** Ignored where the image is unknown: there is nothing to read. Throws what `begin` throws. */
export const recordPush = async (
  { image, tag, pushedAt }: ImagePushed,
  begin: (image: ImageReference, push: Push) => Promise<unknown>,
): Promise<Settled> => {
  if (!image.known) return ignored(`${image.reason}: its image is unknown`);
  await begin(image.value, { ...(tag !== undefined && { tag }), pushedAt });
  return DONE;
};
