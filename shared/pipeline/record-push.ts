/** An image was pushed: its dossier is written, where the push says which image it was. */
import type { ImagePushed } from '../intake/intake.ts';
import { type RecordImagePorts, recordImage } from './record-image.ts';
import { DONE, ignored, type Settled } from './settled.ts';

/** Ignored where the image is unknown: there is nothing to read. Throws what `recordImage` throws. */
export const recordPush = async ({ image }: ImagePushed, ports: RecordImagePorts): Promise<Settled> => {
  if (!image.known) return ignored(`${image.reason}: its image is unknown`);
  await recordImage(image.value, ports);
  return DONE;
};
