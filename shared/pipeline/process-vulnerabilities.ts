/** Vulnerabilities from any scanner: join each with its image and the place it runs in, decide, and pass it on. */

import pMap from 'p-map';
import { allEnded } from '../base/ended.ts';
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Dossier, ImageDossier } from '../dossier/dossier.ts';
import { enrichVulnerability } from '../enrichment/enrich-vulnerability.ts';
import type { ScannedImage, Vulnerability } from '../finding/finding.ts';
import type { Digest } from '../image/digest.ts';
import { type ImageReference, imageArn } from '../image/image-reference.ts';
import { userIsRoot } from '../isolation/user.ts';
import { weakestIsolation } from '../isolation/weakest-isolation.ts';
import type { Workload } from '../isolation/workload.ts';
import { decide } from '../priority/decide.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { findingVersion } from './finding-version.ts';
import type { DecidedQueue, WorkloadSource } from './ports.ts';
import { type RecordImagePorts, recordImage } from './record-image.ts';
import { settleBatch } from './settle-batch.ts';
import { done, type Settled } from './settled.ts';

export interface ProcessVulnerabilitiesPorts extends RecordImagePorts {
  readonly workloads: WorkloadSource;
  readonly decided: DecidedQueue;
}

interface ImageContext {
  readonly dossier: Known<ImageDossier>;
  readonly workloads: Known<readonly Workload[]>;
}

/** How many images of a batch are read from the registry at once. */
const IMAGES_AT_ONCE = 8;

/**
 * One result per finding, in order. A missing context never holds a finding up: it is decided with what is unknown
 * named. Where reading an image may succeed later, the findings of that image fail and the others go on.
 */
export const processVulnerabilities = async (
  findings: readonly Vulnerability[],
  ports: ProcessVulnerabilitiesPorts,
): Promise<readonly Result<Settled, SekishoError>[]> => {
  const contexts = await contextsOf(findings, ports);
  const decided = findings.map((finding): Result<DecidedFinding, SekishoError> => {
    const context = contextOf(finding.image, contexts);
    return context.ok ? ok(decideFinding(finding, context.value)) : context;
  });
  return settleBatch(decided, async (findings) => (await ports.decided.send(findings)).map(done));
};

const decideFinding = (finding: Vulnerability, { dossier, workloads }: ImageContext): DecidedFinding => {
  const isolation = weakestIsolation(workloads, dossier.known ? userIsRoot(dossier.value.user) : undefined);
  const enriched = enrichVulnerability(finding, dossier, { workloads, isolation });
  return { message: 2, enriched, decision: decide(enriched), version: findingVersion(finding) };
};

const UNSEEN: ImageContext = { dossier: unknown('the image was not looked up'), workloads: unknown('not looked up') };

type Contexts = ReadonlyMap<string, Result<ImageContext, SekishoError>>;

/** Of an image that is not known nothing can be looked up: its findings are decided without. */
const contextOf = (image: ScannedImage, contexts: Contexts): Result<ImageContext, SekishoError> => {
  if (image.known) return contexts.get(imageArn(image.value)) ?? ok(UNSEEN);
  return ok({ dossier: unknown(image.reason), workloads: unknown(image.reason) });
};

/** Each image of the batch is looked up once, however many findings name it. */
const contextsOf = async (
  findings: readonly Vulnerability[],
  ports: ProcessVulnerabilitiesPorts,
): Promise<Contexts> => {
  const named = findings.flatMap(({ image }) => (image.known ? [image.value] : []));
  const images = [...new Map(named.map((image) => [imageArn(image), image])).values()];
  if (images.length === 0) return new Map();
  const looked = await pMap(images, (image) => lookUp(image, ports), { concurrency: IMAGES_AT_ONCE });
  const workloads = await ports.workloads.workloadsOf(
    images.map((image, at) => ({ ...image, indexes: looked[at]?.ok ? looked[at].value.indexes : [] })),
  );
  return new Map(
    images.map((image, at) => {
      const found = looked[at] ?? ok({ dossier: UNSEEN.dossier });
      const context = found.ok
        ? ok({ dossier: found.value.dossier, workloads: workloads[at] ?? UNSEEN.workloads })
        : found;
      return [imageArn(image), context];
    }),
  );
};

interface LookedUp {
  readonly dossier: Known<ImageDossier>;
  readonly indexes: readonly Digest[];
}

/** Fails where our own table does not answer, or the registry may answer later: the queue brings the image's records back. */
const lookUp = async (
  image: ImageReference,
  ports: ProcessVulnerabilitiesPorts,
): Promise<Result<LookedUp, SekishoError>> => {
  try {
    const [kept, indexes] = await allEnded([ports.dossiers.get(image), ports.dossiers.indexesOf(image)]);
    const dossier = kept ? known(kept) : await readNow(image, ports);
    return ok({ dossier: imageOnly(dossier), indexes });
  } catch (thrown) {
    return err(sekishoErrorFrom(thrown));
  }
};

/** A finding often arrives before its push event was worked on, or about an image older than Sekisho: then it is read now. */
const readNow = async (image: ImageReference, ports: ProcessVulnerabilitiesPorts): Promise<Known<Dossier>> => {
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
