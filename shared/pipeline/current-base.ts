/** What the base image's tag names now. */
import { sekishoErrorFrom } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import type { BuildStory } from '../dockerfile/steps.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { parseManifest } from '../image/manifest.ts';
import type { FoundBase } from './find-base.ts';
import type { ReadAttachedPorts } from './read-attached.ts';

export interface BasePlace {
  readonly bases: readonly FoundBase[];
  readonly image: ImageReference;
  readonly registry: string | undefined;
}

/** Only our own registry is asked, never one that an image names. */
export const currentBase = async (
  { name, digest }: BuildStory['base'],
  { bases, image, registry }: BasePlace,
  ports: ReadAttachedPorts,
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
  { images }: ReadAttachedPorts,
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
