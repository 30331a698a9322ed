/** What is known about the images of a batch: dossier, workloads and tags, each image looked up once. */

import pMap from 'p-map';
import { allEnded } from '../base/ended.ts';
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import { ok, type Result } from '../base/result.ts';
import type { Tags } from '../base/tags.ts';
import type { Dossier, ImageDossier } from '../dossier/dossier.ts';
import type { ScannedImage, Vulnerability } from '../finding/finding.ts';
import type { Digest } from '../image/digest.ts';
import { type ImageReference, imageArn } from '../image/image-reference.ts';
import type { Workloads } from '../isolation/workload.ts';
import { attempt } from './attempt.ts';
import type { RepositoryTagSource, WorkloadSource } from './ports.ts';
import { type RecordImagePorts, recordImage } from './record-image.ts';

export interface ImageContextPorts extends RecordImagePorts {
  readonly workloads: WorkloadSource;
  readonly repositoryTags: RepositoryTagSource;
}

export interface ImageContext {
  readonly dossier: Known<ImageDossier>;
  readonly workloads: Workloads;
  readonly repositoryTags: Known<Tags>;
}

export type ImageContexts = (image: ScannedImage) => Result<ImageContext, SekishoError>;

/** How many images of a batch are read from the registry at once. */
const IMAGES_AT_ONCE = 8;

const NOT_LOOKED_UP = unknown('the image was not looked up');

/** Each image of the batch is looked up once, however many findings name it. */
export const imageContexts = async (
  findings: readonly Vulnerability[],
  ports: ImageContextPorts,
): Promise<ImageContexts> => {
  const named = findings.flatMap(({ image }) => (image.known ? [image.value] : []));
  const images = [...new Map(named.map((image) => [imageArn(image), image])).values()];
  const looked = await pMap(images, (image) => lookUp(image, ports), { concurrency: IMAGES_AT_ONCE });
  const [workloads, tags] =
    images.length === 0
      ? [[], []]
      : await allEnded([
          ports.workloads.workloadsOf(
            images.map((image, at) => ({ ...image, indexes: looked[at]?.ok ? looked[at].value.indexes : [] })),
          ),
          ports.repositoryTags.tagsOf(images),
        ]);
  const contexts = new Map(
    images.map((image, at): readonly [string, Result<ImageContext, SekishoError>] => {
      const found = looked[at] ?? ok({ dossier: NOT_LOOKED_UP });
      if (!found.ok) return [imageArn(image), found];
      const { dossier } = found.value;
      const context = {
        dossier,
        workloads: workloads[at] ?? NOT_LOOKED_UP,
        repositoryTags: tags[at] ?? NOT_LOOKED_UP,
      };
      return [imageArn(image), ok(context)];
    }),
  );
  return (image) => {
    if (image.known) return contexts.get(imageArn(image.value)) ?? ok(nothingOf(NOT_LOOKED_UP.reason));
    // Of an image that is not known nothing can be looked up: its findings are decided without.
    return ok(nothingOf(image.reason));
  };
};

const nothingOf = (reason: string): ImageContext => ({
  dossier: unknown(reason),
  workloads: unknown(reason),
  repositoryTags: unknown(reason),
});

interface LookedUp {
  readonly dossier: Known<ImageDossier>;
  readonly indexes: readonly Digest[];
}

/** Fails where our own table does not answer, or the registry may answer later: the queue brings the image's records back. */
const lookUp = (image: ImageReference, ports: ImageContextPorts): Promise<Result<LookedUp, SekishoError>> =>
  attempt(async () => {
    const [kept, indexes] = await allEnded([ports.dossiers.get(image), ports.dossiers.indexesOf(image)]);
    const dossier = kept ? known(kept) : await readNow(image, ports);
    return { dossier: imageOnly(dossier), indexes };
  });

/** A finding often arrives before its push event was worked on, or about an image older than Sekisho: then it is read now. */
const readNow = async (image: ImageReference, ports: ImageContextPorts): Promise<Known<Dossier>> => {
  try {
    return known(await recordImage(image, ports));
  } catch (thrown) {
    const error = sekishoErrorFrom(thrown);
    // A registry that denies us, another account's for example, may do so for ever: its findings must not wait for it.
    if (error.retryable && error.code !== 'AWS_DENIED') throw error;
    return unknown(error.message);
  }
};

const imageOnly = (dossier: Known<Dossier>): Known<ImageDossier> => {
  if (!dossier.known) return dossier;
  return dossier.value.kind === 'image'
    ? known(dossier.value)
    : unknown(`the digest names an ${dossier.value.kind}, not an image`);
};
