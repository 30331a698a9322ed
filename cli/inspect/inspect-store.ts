/** Every platform of an image, inspected as the deployed functions do it, with its layers scanned here. */
import { randomBytes } from 'node:crypto';
import { unknown } from '../../shared/base/known.ts';
import { reconstructDockerfile } from '../../shared/dockerfile/reconstruct-dockerfile.ts';
import { platformName } from '../../shared/dossier/platform-name.ts';
import { inspectPlatform } from '../../shared/pipeline/inspect-platform.ts';
import { type ReadImage, readImage } from '../../shared/pipeline/read-image.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import type { InspectedPlatform, InspectedReference } from '../../shared/report/inspected-reference.ts';
import type { ImageStore } from './image-store.ts';
import { createLayerScans, type LayerProgress } from './layer-scans.ts';
import { platformsOf, type RunnableImage } from './platforms-of.ts';

export interface InspectOptions {
  readonly policy: Pick<Policy, 'bases' | 'signing'>;
  /** `linux/arm64`: only that one; absent: all. */
  readonly platform?: string;
  /** Of the fingerprints; absent: one that nobody knows, for this run. */
  readonly fingerprintKey?: string;
  /** `2026-11-20`, in UTC. */
  readonly today: string;
  readonly onProgress: (progress: LayerProgress) => void;
}

/**
 * Throws what the store throws, MANIFEST_INVALID, CONFIG_INVALID, what `scanLayer` throws, and a TypeError where the
 * image has no such platform.
 */
export const inspectStore = async (store: ImageStore, options: InspectOptions): Promise<InspectedReference> => {
  const { image, reference } = store;
  const { mediaType } = await store.images.fetchManifest(image);
  const about = { reference, digest: image.digest, mediaType };
  const read = await readImage(image, store.images);
  if (read.kind === 'artifact') {
    const { artifactType: type, reason } = read.manifest;
    return { ...about, platforms: [], artifact: { type, reason } };
  }
  const inspect = createInspection(store, options);
  const platforms: InspectedPlatform[] = [];
  // One after the other: layers are read side by side, and those that platforms share once.
  for (const one of await runnableOf(store, read, options.platform)) platforms.push(await inspect(one));
  const [only] = read.kind === 'image' ? platforms : [];
  return { ...about, ...(only && { platform: only.platform }), platforms };
};

const runnableOf = async (
  { image, images }: ImageStore,
  read: Exclude<ReadImage, { readonly kind: 'artifact' }>,
  platform: string | undefined,
): Promise<readonly RunnableImage[]> => {
  if (read.kind === 'index') return platformsOf(image, read.manifest, platform, images);
  const name = platformName(read.config);
  if (platform === undefined || platform === name) return [{ image, read, indexes: [] }];
  throw new TypeError(`the image has no platform ${platform}: it has ${name}`);
};

const createInspection = (store: ImageStore, { policy, fingerprintKey, today, onProgress }: InspectOptions) => {
  const { images, facts, tag, registry } = store;
  const reportOf = createLayerScans(store, {
    fingerprintKey: fingerprintKey ?? randomBytes(32).toString('hex'),
    onProgress,
  });
  return async ({ image, read, indexes }: RunnableImage): Promise<InspectedPlatform> => {
    const context = {
      image,
      read,
      indexes,
      ...(tag !== undefined && { tag }),
      ...(registry !== undefined && { registry }),
      policy,
      inUse: unknown('nobody was asked what runs'),
      today,
    };
    const { story, inspection } = await inspectPlatform(context, { images, registry: facts, reportOf });
    return { platform: platformName(read.config), digest: image.digest, ...reconstructDockerfile(story), inspection };
  };
};
