/** An image as the registry stores it: its manifest, and the config where it is an image to run. */
import { type ImageConfig, parseImageConfig } from '../image/config.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { type ArtifactManifest, type ImageManifest, type IndexManifest, parseManifest } from '../image/manifest.ts';
import type { ImageSource } from './ports.ts';

export type ReadImage =
  | { readonly kind: 'index'; readonly manifest: IndexManifest }
  | { readonly kind: 'artifact'; readonly manifest: ArtifactManifest }
  | { readonly kind: 'image'; readonly manifest: ImageManifest; readonly config: ImageConfig };

/** Throws what `ImageSource` throws, MANIFEST_INVALID and CONFIG_INVALID. */
export const readImage = async (image: ImageReference, images: ImageSource): Promise<ReadImage> => {
  const { mediaType, body } = await images.fetchManifest(image);
  const manifest = parseManifest(body, mediaType);
  switch (manifest.kind) {
    case 'index':
      return { kind: 'index', manifest };
    case 'artifact':
      return { kind: 'artifact', manifest };
    case 'image':
      return {
        kind: 'image',
        manifest,
        config: parseImageConfig(await images.fetchBlob(image, manifest.config.digest)),
      };
  }
};
