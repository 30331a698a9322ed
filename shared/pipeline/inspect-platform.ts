/** One platform of an image: everything that is known of it, read and joined, and what the rules say. */
import { mapEnded } from '../base/ended.ts';
import { type Known, unknown } from '../base/known.ts';
import { type Provenance, parseProvenance } from '../dockerfile/provenance.ts';
import { type BuildStory, stepsFromImage } from '../dockerfile/steps.ts';
import { inspectImage } from '../dossier/inspect-image.ts';
import type { InspectedImage } from '../dossier/inspected-image.ts';
import type { Inspection } from '../dossier/inspection.ts';
import { createLayerMerge, type LayerMerge } from '../dossier/merge-layers.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { Descriptor } from '../image/manifest.ts';
import { isLayerMediaType, isReadableLayer } from '../image/media-types.ts';
import type { LayerReport } from '../layer/layer-report.ts';
import { unreadLayer } from '../layer/unread-layer.ts';
import type { Policy } from '../policy/policy.ts';
import { currentBase } from './current-base.ts';
import { findBases } from './find-base.ts';
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
  /** It has layers, every one was read, and they hold what the config says: no more of them, and no fewer. */
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
  const merge = await mergedLayers(manifest.layers, diffIds, ports);
  const { statements, statementGap, ...attached } = await readAttached(image, indexes, keys, ports);
  const provenance = provenanceFrom(statements, statementGap, image.digest);
  // What a config says of its layers is believed once they were read: it could claim the layers of any base.
  const layers = merge.layers();
  const isProved =
    layers.length > 0 &&
    layers.length === diffIds.length &&
    layers.every((layer, at) => layer?.diffId !== undefined && layer.diffId === diffIds[at]);
  const bases = ports.chains !== undefined && isProved ? await findBases(image, diffIds, ports.chains) : [];
  const story = stepsFromImage(config, manifest, {
    ...(provenance !== undefined && { provenance }),
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
    merge,
    supplyChain: {
      base: story.base,
      currentBase: await currentBase(story.base, { bases, image, registry }, ports),
      ...attached,
    },
    inUse,
    allowedBases: policy.bases.allowed,
    signatureExpected: policy.signing.keys.length > 0,
    today,
  });
  return { story, inspection, isProved };
};

/** The first statement that can be used; where none can, one that could not be read may have been the one. */
const provenanceFrom = (
  statements: readonly string[],
  gap: string | undefined,
  digest: Digest,
): Known<Provenance> | undefined => {
  const told = statements.map((statement) => parseProvenance(statement, digest));
  return told.find((one) => one.known) ?? (gap === undefined ? told[0] : unknown(gap));
};

/** A few at a time: the reports of all the layers that an image may have are more than fits into memory. */
const mergedLayers = async (
  layers: readonly Descriptor[],
  diffIds: readonly Digest[],
  { reportOf }: InspectPlatformPorts,
): Promise<LayerMerge> => {
  const merge = createLayerMerge();
  const asked = layers.map((layer, at) => ({
    layer,
    diffId: layers.length === diffIds.length ? diffIds[at] : undefined,
  }));
  for (let from = 0; from < asked.length; from += LAYERS_AT_ONCE) {
    const reports = await mapEnded(
      asked.slice(from, from + LAYERS_AT_ONCE),
      async ({ layer, diffId }) => unreadable(layer) ?? agreed(await reportOf(layer, diffId), diffId),
      { concurrency: LAYERS_AT_ONCE },
    );
    for (const report of reports) merge.add(report);
  }
  return merge;
};

/** Another image's scan of the layer knew another config. */
const agreed = (report: LayerReport | undefined, diffId: Digest | undefined): LayerReport | undefined =>
  report?.diffId !== undefined && diffId !== undefined && report.diffId !== diffId
    ? unreadLayer(report.digest, { by: 'failed', text: 'The config says that the layer holds something else.' })
    : report;

const unreadable = ({ digest, mediaType }: Descriptor): LayerReport | undefined => {
  if (isReadableLayer(mediaType)) return undefined;
  if (!isLayerMediaType(mediaType))
    return unreadLayer(digest, {
      by: 'unreadable-archive',
      text: 'The layer’s media type is not that of a file system.',
    });
  return mediaType.includes('+encrypted')
    ? unreadLayer(digest, { by: 'encrypted', text: 'The layer is encrypted.' })
    : unreadLayer(digest, { by: 'foreign', text: 'The layer is not in the registry, only an address of it.' });
};
