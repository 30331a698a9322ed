/** An image was pushed, or a finding names one that was never seen: read it from the registry and keep its dossier. */
import type { Clock } from '../base/clock.ts';
import type { Dossier } from '../dossier/dossier.ts';
import { dossierFromImage } from '../dossier/dossier-from-image.ts';
import { artifactDossier, indexDossier } from '../dossier/dossiers-without-config.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { DossierStore, ImageSource } from './ports.ts';
import { type ReadImage, readImage } from './read-image.ts';

export interface RecordImagePorts {
  readonly images: ImageSource;
  readonly dossiers: DossierStore;
  readonly clock: Clock;
}

/**
 * The image's dossier, read from the registry and stored. What is no container image is recorded as an artifact with
 * the reason. Idempotent: a digest always has the same dossier.
 * Throws what `ImageSource` throws, MANIFEST_INVALID and CONFIG_INVALID.
 */
export const recordImage = async (image: ImageReference, ports: RecordImagePorts): Promise<Dossier> =>
  (await recordRead(image, ports)).dossier;

/** `recordImage`, with what was read on the way. */
export const recordRead = async (
  image: ImageReference,
  { images, dossiers, clock }: RecordImagePorts,
): Promise<{ readonly dossier: Dossier; readonly read: ReadImage }> => {
  const read = await readImage(image, images);
  const dossier = dossierOf(image, read);
  await dossiers.put(dossier, clock.now());
  return { dossier, read };
};

const dossierOf = (image: ImageReference, read: ReadImage): Dossier => {
  switch (read.kind) {
    case 'index':
      return indexDossier(image, read.manifest);
    case 'artifact':
      return artifactDossier(image, read.manifest);
    case 'image':
      return dossierFromImage(image, read.manifest, read.config);
  }
};
