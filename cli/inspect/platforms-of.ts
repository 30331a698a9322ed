/** The images to run that an index lists, also by way of other indexes. */
import { SekishoError } from '../../shared/base/errors.ts';
import { platformName } from '../../shared/dossier/platform-name.ts';
import type { Digest } from '../../shared/image/digest.ts';
import type { ImageReference } from '../../shared/image/image-reference.ts';
import { type IndexEntry, type IndexManifest, isAttestation } from '../../shared/image/manifest.ts';
import type { ImageSource } from '../../shared/pipeline/ports.ts';
import { type ReadImage, readImage } from '../../shared/pipeline/read-image.ts';

export interface RunnableImage {
  readonly image: ImageReference;
  readonly read: Extract<ReadImage, { readonly kind: 'image' }>;
  /** Those that list it, the one that was asked for first. */
  readonly indexes: readonly Digest[];
}

/** No known index comes near, and each costs two requests. */
const MOST_DOCUMENTS = 1_000;

/**
 * `platform`: only that one, `linux/arm64`, and the others need not be there. Throws what `ImageSource` throws,
 * MANIFEST_INVALID, CONFIG_INVALID, IMAGE_NOT_FOUND where the index has nothing to run, and a TypeError where it has
 * no such platform.
 */
export const platformsOf = async (
  index: ImageReference,
  manifest: IndexManifest,
  platform: string | undefined,
  images: ImageSource,
): Promise<readonly RunnableImage[]> => {
  const found: RunnableImage[] = [];
  const names = new Set<string>();
  const seen = new Set<Digest>([index.digest]);

  const add = async ({ manifests }: IndexManifest, indexes: readonly Digest[]): Promise<void> => {
    for (const entry of manifests) {
      if (isAttestation(entry) || seen.has(entry.digest)) continue;
      const said = entry.platform && platformName(entry.platform);
      if (said !== undefined) names.add(said);
      if (platform !== undefined && said !== undefined && said !== platform) continue;
      seen.add(entry.digest);
      if (seen.size > MOST_DOCUMENTS)
        throw new SekishoError('TOO_LARGE', `The index lists more than ${MOST_DOCUMENTS} images.`);
      const image = { ...index, digest: entry.digest };
      const read = await readListed(image, entry, images);
      if (read.kind === 'index') await add(read.manifest, [...indexes, image.digest]);
      if (read.kind !== 'image') continue;
      const name = platformName(read.config);
      names.add(said ?? name);
      if (platform === undefined || said === platform || name === platform) found.push({ image, read, indexes });
    }
  };
  await add(manifest, [index.digest]);

  if (found.length > 0) return found;
  if (platform === undefined || names.size === 0)
    throw new SekishoError('IMAGE_NOT_FOUND', 'The index lists no image to run.');
  throw new TypeError(`the image has no platform ${platform}: it has ${[...names].join(', ')}`);
};

/** A copy of an index may have one platform only. */
const readListed = async (image: ImageReference, entry: IndexEntry, images: ImageSource): Promise<ReadImage> => {
  try {
    return await readImage(image, images);
  } catch (cause) {
    if (!(cause instanceof SekishoError) || cause.code !== 'IMAGE_NOT_FOUND') throw cause;
    const platform = entry.platform ? platformName(entry.platform) : 'an unknown platform';
    throw new SekishoError(
      'IMAGE_NOT_FOUND',
      `The index lists an image for ${platform} that is not there: copy all platforms (skopeo copy --all), or name with --platform one that is there.`,
      { cause },
    );
  }
};
