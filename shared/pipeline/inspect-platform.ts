/** One platform of an image: everything that is known of it, read and joined, and what the rules say. */
import { mapEnded } from '../base/ended.ts';
import { sekishoErrorFrom } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import { parseProvenance } from '../dockerfile/provenance.ts';
import { type BuildStory, stepsFromImage } from '../dockerfile/steps.ts';
import { inspectImage } from '../dossier/inspect-image.ts';
import type { InspectedImage } from '../dossier/inspected-image.ts';
import type { Inspection } from '../dossier/inspection.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { type Descriptor, parseManifest } from '../image/manifest.ts';
import { isReadableLayer } from '../image/media-types.ts';
import type { LayerReport } from '../layer/layer-report.ts';
import { unreadLayer } from '../layer/unread-layer.ts';
import type { Policy } from '../policy/policy.ts';
import { type FoundBase, findBases } from './find-base.ts';
import type { ChainStore } from './inspection-ports.ts';
import { type ReadAttachedPorts, readAttached } from './read-attached.ts';
import type { ReadImage } from './read-image.ts';

export interface InspectPlatformPorts extends ReadAttachedPorts {
  /** Undefined: it was not scanned. `diffId`: what the config says it holds. */
  readonly reportOf: (layer: Descriptor, diffId: Digest | undefined) => Promise<LayerReport | undefined>;
  /** Absent: no other images are known. */
  readonly chains?: ChainStore;
}

export interface PlatformContext extends Pick<InspectedImage, 'inUse' | 'today'> {
  readonly image: ImageReference;
  readonly read: Extract<ReadImage, { readonly kind: 'image' }>;
  /** Those that list the image. */
  readonly indexes: readonly Digest[];
  readonly tag?: string;
  /** The registry's host. */
  readonly registry?: string;
  readonly policy: Pick<Policy, 'bases' | 'signing'>;
}

export interface InspectedPlatform {
  readonly story: BuildStory;
  readonly inspection: Inspection;
  /** Every layer was read, and holds what the config says. */
  readonly isProved: boolean;
}

/** How many layers are read at once: two processors are what most machines have. */
const LAYERS_AT_ONCE = 2;

/** A failing lookup leaves unknown what it could have told. Throws what `reportOf` and the stores throw. */
export const inspectPlatform = async (
  { image, read, indexes, tag, registry, policy, inUse, today }: PlatformContext,
  ports: InspectPlatformPorts,
): Promise<InspectedPlatform> => {
  const { manifest, config } = read;
  const diffIds = config.rootfs.diff_ids;
  const keys = policy.signing.keys.flatMap((key) => ('publicKey' in key ? [key] : []));
  const reports = await readLayers(manifest.layers, diffIds, ports);
  const { provenanceStatement, ...attached } = await readAttached(image, indexes, keys, ports);
  // What a config says of its layers is believed once they were read: it could claim the layers of any base.
  const isProved = reports.every((report, at) => report?.diffId !== undefined && report.diffId === diffIds[at]);
  const bases = ports.chains !== undefined && isProved ? await findBases(image, diffIds, ports.chains) : [];
  const story = stepsFromImage(config, manifest, {
    ...(provenanceStatement !== undefined && { provenance: parseProvenance(provenanceStatement, image.digest) }),
    known: bases,
  });
  const inspection = inspectImage({
    repository: image.repository,
    ...(registry !== undefined && { registry }),
    ...(tag !== undefined && { tag }),
    tagMutability: await ports.registry.tagMutabilityOf(image),
    manifest,
    config,
    story,
    reports,
    supplyChain: {
      base: story.base,
      currentBase: await currentDigest(story.base, { bases, image, registry }, ports),
      ...attached,
    },
    inUse,
    allowedBases: policy.bases.allowed,
    signatureExpected: policy.signing.keys.length > 0,
    today,
  });
  return { story, inspection, isProved };
};

const readLayers = (
  layers: readonly Descriptor[],
  diffIds: readonly Digest[],
  { reportOf }: InspectPlatformPorts,
): Promise<readonly (LayerReport | undefined)[]> =>
  mapEnded(
    layers.map((layer, at) => ({ layer, diffId: layers.length === diffIds.length ? diffIds[at] : undefined })),
    async ({ layer, diffId }) => unreadable(layer) ?? agreed(await reportOf(layer, diffId), diffId),
    { concurrency: LAYERS_AT_ONCE },
  );

/** Another image's scan of the layer knew another config. */
const agreed = (report: LayerReport | undefined, diffId: Digest | undefined): LayerReport | undefined =>
  report?.diffId !== undefined && diffId !== undefined && report.diffId !== diffId
    ? unreadLayer(report.digest, { by: 'failed', text: 'The config says that the layer holds something else.' })
    : report;

const unreadable = ({ digest, mediaType }: Descriptor): LayerReport | undefined => {
  if (isReadableLayer(mediaType)) return undefined;
  return mediaType.includes('+encrypted')
    ? unreadLayer(digest, { by: 'encrypted', text: 'The layer is encrypted.' })
    : unreadLayer(digest, { by: 'foreign', text: 'The layer is not in the registry, only an address of it.' });
};

interface BasePlace {
  readonly bases: readonly FoundBase[];
  readonly image: ImageReference;
  readonly registry: string | undefined;
}

/** What the base's tag names now: only our own registry is asked, never one that an image names. */
const currentDigest = async (
  { name, digest }: BuildStory['base'],
  { bases, image, registry }: BasePlace,
  ports: InspectPlatformPorts,
): Promise<Known<Digest>> => {
  if (name === undefined) return unknown('the base image is not known');
  const found = bases.find((base) => base.name === name && base.digest === digest);
  const place = found === undefined ? tagIn(name, registry) : { ...found.image, tag: found.tag };
  if (place?.tag === undefined) return unknown('the base image’s tag is in no registry that is asked');
  const base = { ...image, ...found?.image, repository: place.repository };
  const now = await ports.registry.digestOfTag(base, place.tag);
  if (!now.known) return now;
  if (now.value === undefined) return unknown('the base image’s tag is gone');
  return digest === undefined || now.value === digest
    ? known(now.value)
    : sameBase({ ...base, digest: now.value }, digest, ports);
};

/** The tag of a base of several platforms names the index, and the layers tell which of its platforms was used. */
const sameBase = async (
  index: ImageReference,
  digest: Digest,
  { images }: InspectPlatformPorts,
): Promise<Known<Digest>> => {
  try {
    const { mediaType, body } = await images.fetchManifest(index);
    const manifest = parseManifest(body, mediaType);
    const isListed = manifest.kind === 'index' && manifest.manifests.some((entry) => entry.digest === digest);
    return known(isListed ? digest : index.digest);
  } catch (thrown) {
    return unknown(sekishoErrorFrom(thrown).message);
  }
};

/** `registry/team/base:1`, where the registry is the image's own. */
const tagIn = (
  name: string,
  registry: string | undefined,
): { readonly repository: string; readonly tag: string | undefined } | undefined => {
  if (registry === undefined || !name.startsWith(`${registry}/`)) return undefined;
  const [path = ''] = name.slice(registry.length + 1).split('@');
  const colon = path.lastIndexOf(':');
  return colon < 0
    ? { repository: path, tag: undefined }
    : { repository: path.slice(0, colon), tag: path.slice(colon + 1) };
};
