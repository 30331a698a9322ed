/** Dossiers in memory: as little as their contract asks for. */
import type { Dossier } from '../dossier/dossier.ts';
import { imageArn } from '../image/image-reference.ts';
import type { DossierStore } from '../pipeline/ports.ts';

export const inMemoryDossiers = (): DossierStore => {
  const dossiers = new Map<string, Dossier>();
  return {
    get: async (image) => dossiers.get(imageArn(image)),
    put: async (dossier) => {
      const arn = imageArn(dossier.image);
      if (!isInspected(dossiers.get(arn)) || isInspected(dossier)) dossiers.set(arn, dossier);
    },
    indexesOf: async (image) =>
      [...dossiers.values()].flatMap((dossier) =>
        dossier.kind === 'index' &&
        dossier.platforms.some(({ digest }) => imageArn({ ...dossier.image, digest }) === imageArn(image))
          ? [dossier.image.digest]
          : [],
      ),
  };
};

const isInspected = (dossier: Dossier | undefined): boolean =>
  dossier?.kind === 'image' && dossier.inspection !== undefined;
