/** The documents that are attached to an image in its registry, by every way in which they are attached. */
import { mapEnded } from '../base/ended.ts';
import { sekishoErrorFrom } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import { type AttachedDocument, attachedDocuments } from '../dossier/attached/document-kind.ts';
import { type Digest, digestHex } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { parseManifest } from '../image/manifest.ts';
import type { RegistryFacts } from './inspection-ports.ts';
import type { ImageSource } from './ports.ts';
import { COSIGN_SUFFIXES } from './signed-digest.ts';

export interface ReadAttachedPorts {
  readonly images: ImageSource;
  readonly registry: RegistryFacts;
}

export interface FoundDocuments {
  /** Those that say by themselves that they are about the image come first. */
  readonly documents: readonly AttachedDocument[];
  /** Why there may be more, as sentences; empty: there is no more. */
  readonly gaps: readonly string[];
}

/** Whoever attaches more than this does not make an image more signed. */
const MOST_ARTIFACTS = 40;
/** An image whose platform stays the same is listed by every index that is built anew. */
const MOST_INDEXES = 10;
const READS_AT_ONCE = 4;

/** `indexes`: those that list the image; what is attached to them is about it too. Never throws. */
export const findAttached = async (
  image: ImageReference,
  indexes: readonly Digest[],
  ports: ReadAttachedPorts,
): Promise<FoundDocuments> => {
  const asked = indexes.slice(0, MOST_INDEXES);
  const lookups = [
    ...asked.map((index) => () => attestationsIn({ ...image, digest: index }, image.digest, ports)),
    ...[image.digest, ...asked].flatMap((digest) => [
      () => referrersOf({ ...image, digest }, ports),
      ...COSIGN_SUFFIXES.map((suffix) => () => taggedWith(image, `sha256-${digestHex(digest)}.${suffix}`, ports)),
    ]),
  ];
  const listed = await mapEnded(lookups, (lookUp) => lookUp(), { concurrency: READS_AT_ONCE });
  const artifacts = [...new Set(listed.flatMap((one) => (one.known ? one.value : [])))];
  const read = await mapEnded(
    artifacts.slice(0, MOST_ARTIFACTS),
    (digest) => documentsOf({ ...image, digest }, ports),
    { concurrency: READS_AT_ONCE },
  );
  return {
    documents: read.flatMap((one) => (one.known ? one.value : [])),
    gaps: [
      ...[...listed, ...read].flatMap((one) => (one.known ? [] : [one.reason])),
      ...left('indexes that list the image', indexes.length, MOST_INDEXES),
      ...left('artifacts that are attached', artifacts.length, MOST_ARTIFACTS),
    ],
  };
};

const left = (what: string, count: number, most: number): readonly string[] =>
  count > most ? [`Only ${most} of the ${count} ${what} were asked.`] : [];

/** BuildKit lists what it attests beside the platforms, each with the digest that it is about. */
const attestationsIn = (
  index: ImageReference,
  about: Digest,
  { images }: ReadAttachedPorts,
): Promise<Known<readonly Digest[]>> =>
  asKnown(async () => {
    const { mediaType, body } = await images.fetchManifest(index);
    const manifest = parseManifest(body, mediaType);
    if (manifest.kind !== 'index') return [];
    return manifest.manifests
      .filter(({ annotations }) => annotations['vnd.docker.reference.digest'] === about)
      .map(({ digest }) => digest);
  });

const referrersOf = async (
  image: ImageReference,
  { registry }: ReadAttachedPorts,
): Promise<Known<readonly Digest[]>> => {
  const referrers = await registry.referrersOf(image);
  return referrers.known ? known(referrers.value.map(({ digest }) => digest)) : referrers;
};

const taggedWith = async (
  image: ImageReference,
  tag: string,
  { registry }: ReadAttachedPorts,
): Promise<Known<readonly Digest[]>> => {
  const tagged = await registry.digestOfTag(image, tag);
  return tagged.known ? known(tagged.value === undefined ? [] : [tagged.value]) : tagged;
};

const documentsOf = (
  artifact: ImageReference,
  { images }: ReadAttachedPorts,
): Promise<Known<readonly AttachedDocument[]>> =>
  asKnown(async () => {
    const { mediaType, body } = await images.fetchManifest(artifact);
    const manifest = parseManifest(body, mediaType);
    return manifest.kind === 'artifact' ? attachedDocuments(manifest) : [];
  });

const asKnown = async <T>(work: () => Promise<T>): Promise<Known<T>> => {
  try {
    return known(await work());
  } catch (thrown) {
    return unknown(sekishoErrorFrom(thrown).message);
  }
};
