/** The media types of what a registry stores, in OCI's words and in Docker's older ones. */

export const INDEX_MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
] as const;

export const IMAGE_MANIFEST_MEDIA_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

/** What to ask a registry for: every manifest that `parseManifest` reads. */
export const MANIFEST_MEDIA_TYPES = [...INDEX_MEDIA_TYPES, ...IMAGE_MANIFEST_MEDIA_TYPES] as const;

export const CONFIG_MEDIA_TYPES = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
] as const;

/** Layers that are a file system: OCI and Docker tars, also compressed, encrypted, or kept outside the registry. */
const LAYER_MEDIA_TYPES = [
  'application/vnd.oci.image.layer.v1.tar',
  'application/vnd.oci.image.layer.nondistributable.v1.tar',
  'application/vnd.docker.image.rootfs.diff.tar',
  'application/vnd.docker.image.rootfs.foreign.diff.tar',
] as const;

export const isIndexMediaType = (mediaType: string): boolean => isOneOf(INDEX_MEDIA_TYPES, mediaType);
export const isImageManifestMediaType = (mediaType: string): boolean => isOneOf(IMAGE_MANIFEST_MEDIA_TYPES, mediaType);
export const isConfigMediaType = (mediaType: string): boolean => isOneOf(CONFIG_MEDIA_TYPES, mediaType);

/** Suffixes such as `+gzip`, `.gzip`, `.zstd` and `+encrypted` leave it a file system layer. */
export const isLayerMediaType = (mediaType: string): boolean =>
  LAYER_MEDIA_TYPES.some((type) => mediaType.startsWith(type));

/** Whether the registry itself has the layer's bytes, and they can be read: neither kept elsewhere nor encrypted. */
export const isReadableLayer = (mediaType: string): boolean =>
  isLayerMediaType(mediaType) && !/nondistributable|foreign|\+encrypted/.test(mediaType);

const isOneOf = (types: readonly string[], mediaType: string): boolean => types.includes(mediaType);
