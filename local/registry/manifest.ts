/** A manifest as the registry needs it: its type, what it points at, and what it says about itself. */
import { type Digest, isDigest } from '../../shared/image/digest.ts';
import { RegistryError } from './registry-error.ts';

export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST_TYPES: ReadonlySet<string> = new Set([
  OCI_INDEX,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);

export interface Descriptor {
  readonly digest: Digest;
  readonly size: number;
  readonly mediaType: string;
}

export interface ParsedManifest {
  readonly mediaType: string;
  /** Of the artifact that the manifest describes: its `artifactType`, or the media type of its config. */
  readonly artifactMediaType: string | undefined;
  /** Config and layers that must be in the repository; a layer with `urls` is kept elsewhere. */
  readonly blobs: readonly Descriptor[];
  /** The manifests of an index. */
  readonly children: readonly Descriptor[];
  /** The image that this one is about: a signature's, an SBOM's. */
  readonly subject: Digest | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const invalid = (why: string): RegistryError => new RegistryError('MANIFEST_INVALID', why);

const descriptorFrom = (value: unknown): Descriptor => {
  if (!isObject(value) || !isDigest(value.digest)) throw invalid('a descriptor has no sha256 digest');
  return {
    digest: value.digest,
    size: typeof value.size === 'number' ? value.size : 0,
    mediaType: text(value.mediaType) ?? '',
  };
};

const list = (value: unknown, name: string): readonly unknown[] => {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid(`${name} is not a list`);
  return value;
};

const isText = (entry: readonly [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';

const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw invalid('the manifest is not JSON');
  }
};

/** Throws MANIFEST_INVALID. `contentType` counts where the manifest itself names no media type, as in OCI it may not. */
export const parseManifest = (bytes: Buffer, contentType: string): ParsedManifest => {
  const json = parseJson(bytes);
  if (!isObject(json)) throw invalid('the manifest is not a JSON object');
  const mediaType = text(json.mediaType) ?? contentType;
  if (!MANIFEST_TYPES.has(mediaType) && json.schemaVersion === undefined) {
    throw invalid(`${mediaType || 'no media type'} is no manifest's, and there is no schemaVersion`);
  }
  if (json.mediaType !== undefined && contentType !== '' && json.mediaType !== contentType) {
    throw invalid(`the manifest says ${String(json.mediaType)} and its Content-Type ${contentType}`);
  }
  const config = json.config === undefined ? [] : [descriptorFrom(json.config)];
  const layers = list(json.layers, 'layers').filter((layer) => !isObject(layer) || layer.urls === undefined);
  return {
    mediaType,
    artifactMediaType: text(json.artifactType) ?? config[0]?.mediaType,
    blobs: [...config, ...layers.map(descriptorFrom)],
    children: list(json.manifests, 'manifests').map(descriptorFrom),
    subject: json.subject === undefined ? undefined : descriptorFrom(json.subject).digest,
    annotations: isObject(json.annotations)
      ? Object.fromEntries(Object.entries(json.annotations).filter(isText))
      : undefined,
  };
};
