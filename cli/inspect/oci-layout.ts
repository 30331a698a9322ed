/** An image in an OCI image layout: a folder of blobs, each named by its digest. */
import path from 'node:path';
import * as z from 'zod/mini';
import { sekishoErrorFrom } from '../../shared/base/errors.ts';
import { type Known, known, unknown } from '../../shared/base/known.ts';
import { type Digest, isDigest } from '../../shared/image/digest.ts';
import type { IndexEntry } from '../../shared/image/manifest.ts';
import type { Referrer } from '../../shared/pipeline/inspection-ports.ts';
import { type ImageStore, outsideAws } from './image-store.ts';
import { type LayoutBlobs, layoutBlobs } from './layout-blobs.ts';
import { chooseEntry, readLayoutIndex, tagOf } from './layout-index.ts';

const MANIFEST_LIMIT_BYTES = 4 * 1024 * 1024;
const BLOB_LIMIT_BYTES = 16 * 1024 * 1024;

/** Throws IMAGE_NOT_FOUND, MANIFEST_INVALID, TOO_LARGE, and the file system's errors. */
export const openOciLayout = async (
  directory: string,
  tag: string | undefined,
  reference: string,
): Promise<ImageStore> => {
  const entries = await readLayoutIndex(directory);
  const chosen = chooseEntry(entries, tag, directory);
  const name = tagOf(chosen);
  const types = new Map(entries.map(({ digest, mediaType }) => [digest, mediaType]));
  const blobs = layoutBlobs(directory);
  let subjects: Promise<Known<readonly Subject[]>> | undefined;
  return {
    image: outsideAws(path.basename(path.resolve(directory)), chosen.digest),
    reference,
    ...(name !== undefined && { tag: name }),
    images: {
      fetchManifest: async ({ digest }) => ({
        mediaType: types.get(digest) ?? '',
        body: await blobs.read(digest, MANIFEST_LIMIT_BYTES),
      }),
      fetchBlob: (_image, digest) => blobs.read(digest, BLOB_LIMIT_BYTES),
    },
    layers: { open: async (_image, layer) => blobs.pieces(layer) },
    facts: {
      referrersOf: async ({ digest }) => {
        subjects ??= subjectsOf(entries, blobs);
        const found = await subjects;
        return found.known ? known(found.value.filter(({ about }) => about === digest)) : found;
      },
      digestOfTag: async (_repository, wanted) => known(entries.find((entry) => tagOf(entry) === wanted)?.digest),
      tagMutabilityOf: async () => unknown('the image lies in no registry'),
    },
    close: async () => {},
  };
};

interface Subject extends Referrer {
  readonly about: Digest;
}

const subject = z.object({
  artifactType: z.nullish(z.string()),
  subject: z.object({ digest: z.custom<Digest>(isDigest) }),
});

/** What each entry says that it is about. One that cannot be read leaves open what refers to an image. */
const subjectsOf = async (entries: readonly IndexEntry[], blobs: LayoutBlobs): Promise<Known<readonly Subject[]>> => {
  const found: Subject[] = [];
  for (const { digest } of entries) {
    try {
      const read = subject.safeParse(JSON.parse(await blobs.read(digest, MANIFEST_LIMIT_BYTES)));
      if (!read.success) continue;
      found.push({ digest, artifactType: read.data.artifactType ?? '', about: read.data.subject.digest });
    } catch (thrown) {
      return unknown(thrown instanceof SyntaxError ? `${digest} is no manifest` : sekishoErrorFrom(thrown).message);
    }
  }
  return known(found);
};
