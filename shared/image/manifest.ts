/** A manifest as a registry stores it: an image, an index of several, or an artifact that is no image at all. */
import * as z from 'zod/mini';
import { type Digest, isDigest } from './digest.ts';
import { isConfigMediaType, isImageManifestMediaType, isIndexMediaType, isLayerMediaType } from './media-types.ts';
import { readJson, readShape, refuse } from './read-document.ts';

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes of the stored blob. */
  readonly size: number;
  /** Where else the blob is said to be; never fetched. */
  readonly urls?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface ImageManifest {
  readonly kind: 'image';
  /** As the document itself says; absent: it does not. */
  readonly mediaType?: string;
  readonly config: Descriptor;
  /** Lowest layer first. */
  readonly layers: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly subject?: Descriptor;
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

export interface IndexEntry extends Descriptor {
  readonly platform?: Platform;
  readonly annotations: Readonly<Record<string, string>>;
  readonly artifactType?: string;
}

export interface IndexManifest {
  readonly kind: 'index';
  readonly manifests: readonly IndexEntry[];
}

export interface ArtifactManifest {
  readonly kind: 'artifact';
  readonly artifactType: string;
  readonly reason: string;
  /** The artifact's own documents: signatures, statements, bills of materials. */
  readonly layers: readonly Descriptor[];
  /** What it is about. */
  readonly subject?: Descriptor;
  readonly annotations: Readonly<Record<string, string>>;
}

export type Manifest = ImageManifest | IndexManifest | ArtifactManifest;

/** Docker builds no image of more than 127 layers, and overlayfs mounts 500 at most. */
const MAX_LAYERS = 1_000;
/** A platform each, and their attestations: the largest known indexes stay under a hundred. */
const MAX_INDEX_ENTRIES = 1_000;

const MANIFEST = { code: 'MANIFEST_INVALID', name: 'The manifest' } as const;

const text = z.string('is no text');
const optionalText = z.nullish(text);
const annotations = z.nullish(z.record(z.string(), text, 'are no annotations'));
const descriptor = z.object(
  {
    mediaType: text,
    digest: z.custom<Digest>(isDigest, 'is no sha256 digest'),
    size: z.int('is no number of bytes').check(z.nonnegative('is below zero')),
    urls: z.nullish(z.array(text, 'is no list')),
    annotations,
  },
  'is no descriptor',
);
const platform = z.object({ os: text, architecture: text, variant: optionalText }, 'is no platform');
const indexEntry = z.extend(descriptor, {
  platform: z.nullish(platform),
  artifactType: optionalText,
});
const image = z.object({
  config: descriptor,
  layers: z.array(descriptor, 'is no list').check(z.maxLength(MAX_LAYERS, `has more than ${MAX_LAYERS} entries`)),
  artifactType: optionalText,
  subject: z.nullish(descriptor),
  annotations,
  mediaType: optionalText,
});
const index = z.object({
  manifests: z
    .array(indexEntry, 'is no list')
    .check(z.maxLength(MAX_INDEX_ENTRIES, `has more than ${MAX_INDEX_ENTRIES} entries`)),
});
/** What tells the kinds apart; fields that say nothing here are kept for the shapes above. */
const envelope = z.looseObject({ mediaType: optionalText }, 'is no JSON object');

/**
 * `body`: the manifest's own bytes as text; `mediaType`: what the registry says it is, empty or absent where it says
 * nothing. Throws MANIFEST_INVALID. An image manifest whose config or layers are not those of an image (a Helm chart,
 * a signature, an SBOM) is an artifact and no error.
 */
export const parseManifest = (body: string, mediaType?: string): Manifest => {
  const top = readShape(MANIFEST, envelope, readJson(MANIFEST, body));
  const has = (field: string): boolean => top[field] !== undefined && top[field] !== null;
  const stated = [top.mediaType ?? '', mediaType ?? ''];
  // Readers that disagree on what a document is can be made to run what no one looked at.
  if (has('manifests') && (has('layers') || has('config')))
    return refuse(MANIFEST, 'it lists both manifests and layers, and can be read as an index and as an image');
  if (has('manifests')) {
    if (stated.some(isImageManifestMediaType))
      return refuse(MANIFEST, 'it lists manifests, but its media type is that of an image');
    return indexFrom(readShape(MANIFEST, index, top));
  }
  if (has('fsLayers')) return refuse(MANIFEST, 'it is of schema version 1, which names no config');
  if (!has('layers') && !has('config')) return refuse(MANIFEST, 'it lists neither layers nor manifests');
  if (stated.some(isIndexMediaType)) return refuse(MANIFEST, 'it lists layers, but its media type is that of an index');
  return imageFrom(readShape(MANIFEST, image, top));
};

/**
 * Whether an index's entry is about an image (provenance, an SBOM, a signature) and can be none to run. Runtimes choose by
 * platform alone, and ask the config where an entry names none: neither an annotation nor an artifact type keeps them off.
 */
export const isAttestation = ({ platform }: IndexEntry): boolean =>
  platform?.os === 'unknown' && platform.architecture === 'unknown';

const indexFrom = ({ manifests }: z.infer<typeof index>): IndexManifest => ({
  kind: 'index',
  manifests: manifests.map((entry) => ({
    mediaType: entry.mediaType,
    digest: entry.digest,
    size: entry.size,
    annotations: entry.annotations ?? {},
    ...(entry.platform && { platform: platformFrom(entry.platform) }),
    ...(entry.artifactType && { artifactType: entry.artifactType }),
  })),
});

const platformFrom = ({ os, architecture, variant }: z.infer<typeof platform>): Platform => ({
  os,
  architecture,
  ...(variant && { variant }),
});

const imageFrom = (manifest: z.infer<typeof image>): ImageManifest | ArtifactManifest => {
  const { mediaType, artifactType } = manifest;
  const config = descriptorFrom(manifest.config);
  const content = {
    layers: manifest.layers.map(descriptorFrom),
    annotations: manifest.annotations ?? {},
    ...(manifest.subject && { subject: descriptorFrom(manifest.subject) }),
  };
  if (!isConfigMediaType(config.mediaType))
    return {
      kind: 'artifact',
      artifactType: artifactType || config.mediaType,
      reason: `Its config is ${config.mediaType}, which is not the config of a container image.`,
      ...content,
    };
  // Older BuildKit attestations and cosign signatures carry an image config's media type and only their layers tell.
  const [first] = content.layers;
  if (first !== undefined && !content.layers.some((layer) => isLayerMediaType(layer.mediaType)))
    return {
      kind: 'artifact',
      artifactType: artifactType || first.mediaType,
      reason: `Its layers are ${first.mediaType}, which is not a file system.`,
      ...content,
    };
  return {
    kind: 'image',
    ...(mediaType && { mediaType }),
    config,
    ...content,
    ...(artifactType && { artifactType }),
  };
};

const descriptorFrom = ({ mediaType, digest, size, urls, annotations }: z.infer<typeof descriptor>): Descriptor => ({
  mediaType,
  digest,
  size,
  ...(urls && urls.length > 0 && { urls }),
  ...(annotations && { annotations }),
});
