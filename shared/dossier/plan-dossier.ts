/** What must still be read before an image's dossier can be written: nothing, or its config. */
import type { ImageConfig } from '../image/config.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { type IndexManifest, isAttestation, type Manifest } from '../image/manifest.ts';
import type { Dossier, ImageDossier, IndexDossier } from './dossier.ts';
import { dossierFromImage } from './dossier-from-image.ts';
import { platformName } from './platform-name.ts';

export type DossierPlan =
  | { readonly kind: 'done'; readonly dossier: Dossier }
  | {
      readonly kind: 'needs-config';
      /** The blob to read and to give to `dossierFrom`, parsed. */
      readonly config: Digest;
      readonly dossierFrom: (config: ImageConfig) => ImageDossier;
    };

/** `manifest`: the one that has the image's digest. */
export const planDossier = (image: ImageReference, manifest: Manifest): DossierPlan => {
  switch (manifest.kind) {
    case 'index':
      return { kind: 'done', dossier: indexDossier(image, manifest) };
    case 'artifact':
      return { kind: 'done', dossier: { ...manifest, image } };
    case 'image':
      return {
        kind: 'needs-config',
        config: manifest.config.digest,
        dossierFrom: (config) => dossierFromImage(image, manifest, config),
      };
  }
};

const indexDossier = (image: ImageReference, { manifests }: IndexManifest): IndexDossier => ({
  kind: 'index',
  image,
  platforms: manifests
    .filter((entry) => !isAttestation(entry))
    .map(({ digest, platform }) => ({ digest, platform: platform ? platformName(platform) : 'unknown' })),
  attestations: manifests.filter(isAttestation).map(({ digest }) => digest),
});
