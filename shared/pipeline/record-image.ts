/** An image was pushed, or a finding names one that was never seen: read it from the registry and keep its dossier. */
import type { Clock } from '../base/clock.ts';
import type { Dossier } from '../dossier/dossier.ts';
import { planDossier } from '../dossier/plan-dossier.ts';
import { parseImageConfig } from '../image/config.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { parseManifest } from '../image/manifest.ts';
import type { DossierStore, ImageSource } from './ports.ts';

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
export const recordImage = async (image: ImageReference, ports: RecordImagePorts): Promise<Dossier> => {
  const dossier = await readDossier(image, ports.images);
  await ports.dossiers.put(dossier, ports.clock.now());
  return dossier;
};

const readDossier = async (image: ImageReference, images: ImageSource): Promise<Dossier> => {
  const { mediaType, body } = await images.fetchManifest(image);
  const plan = planDossier(image, parseManifest(body, mediaType));
  if (plan.kind === 'done') return plan.dossier;
  return plan.dossierFrom(parseImageConfig(await images.fetchBlob(image, plan.config)));
};
