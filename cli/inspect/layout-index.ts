/** The index of an OCI image layout, and the image of it that is meant. */
import path from 'node:path';
import { SekishoError } from '../../shared/base/errors.ts';
import { type IndexEntry, parseManifest } from '../../shared/image/manifest.ts';
import { openRegularFile, readWhole } from './regular-file.ts';

const REF_NAME = 'org.opencontainers.image.ref.name';
const INDEX_LIMIT_BYTES = 4 * 1024 * 1024;

/** Undefined: it has none. */
export const tagOf = ({ annotations }: IndexEntry): string | undefined => annotations[REF_NAME];

/** Throws IMAGE_NOT_FOUND, MANIFEST_INVALID, TOO_LARGE, and the file system's errors. */
export const readLayoutIndex = async (directory: string): Promise<readonly IndexEntry[]> => {
  const file = await openRegularFile(path.join(directory, 'index.json'));
  if (file === undefined)
    throw new SekishoError('IMAGE_NOT_FOUND', `${directory} is no OCI layout: it has no index.json.`);
  const manifest = parseManifest((await readWhole(file, INDEX_LIMIT_BYTES)).toString('utf8'));
  if (manifest.kind === 'index') return manifest.manifests;
  throw new SekishoError('MANIFEST_INVALID', `${directory} is no OCI layout: its index.json lists no manifests.`);
};

/** `tag`: undefined for the only image that there is. Throws IMAGE_NOT_FOUND. */
export const chooseEntry = (entries: readonly IndexEntry[], tag: string | undefined, directory: string): IndexEntry => {
  const [entry, ...others] = tag === undefined ? imagesAmong(entries) : entries.filter((one) => tagOf(one) === tag);
  if (entry !== undefined && others.every(({ digest }) => digest === entry.digest)) return entry;
  const names = entries.flatMap((one) => tagOf(one) ?? []);
  const listed = names.length === 0 ? 'it names none' : `it has ${names.slice(0, 10).join(', ')}`;
  throw new SekishoError('IMAGE_NOT_FOUND', `${directory} ${complaint(entry, tag)} (${listed}).`);
};

const complaint = (entry: IndexEntry | undefined, tag: string | undefined): string => {
  if (tag !== undefined) return entry === undefined ? `has no image ${tag}` : `has several images ${tag}`;
  return entry === undefined ? 'holds no image' : 'holds more than one image: say which as oci:DIR:TAG';
};

/** Signatures and the like are stored beside the image, under names of their own; one that stands alone is meant. */
const imagesAmong = (entries: readonly IndexEntry[]): readonly IndexEntry[] => {
  const images = entries.filter(
    (entry) => entry.artifactType === undefined && !/^sha256-[a-f0-9]{64}(?:\.|$)/.test(tagOf(entry) ?? ''),
  );
  return images.length > 0 ? images : entries;
};
