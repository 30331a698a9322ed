/** Vulnerabilities from any scanner: join each with its image and the place it runs in, decide, and pass it on. */

import pMap from 'p-map';
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import type { Result } from '../base/result.ts';
import type { ImageDossier } from '../dossier/dossier.ts';
import { enrichVulnerability } from '../enrichment/enrich-vulnerability.ts';
import type { Vulnerability } from '../finding/finding.ts';
import { type ImageReference, imageArn } from '../image/image-reference.ts';
import { userIsRoot } from '../isolation/user.ts';
import { weakestIsolation } from '../isolation/weakest-isolation.ts';
import type { Workload } from '../isolation/workload.ts';
import { decide } from '../priority/decide.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { findingVersion } from './finding-version.ts';
import type { DecidedQueue, WorkloadSource } from './ports.ts';
import { type RecordImagePorts, recordImage } from './record-image.ts';

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

/** One result per finding, in order. A missing context never holds a finding up: it is decided with what is unknown named. */
export const processVulnerabilities = async (
  findings: readonly Vulnerability[],
  ports: ProcessVulnerabilitiesPorts,
): Promise<readonly Result<void, SekishoError>[]> => {
  const contexts = await contextsOf(findings, ports);
  const decided = findings.map((finding): DecidedFinding => {
    const { dossier, workloads } = contexts.get(imageArn(finding.image)) ?? UNSEEN;
    const isolation = weakestIsolation(workloads, dossier.known ? userIsRoot(dossier.value.user) : undefined);
    const enriched = enrichVulnerability(finding, dossier, { workloads, isolation });
    return { message: 1, enriched, decision: decide(enriched), version: findingVersion(finding) };
  });
  return ports.decided.send(decided);
};

const UNSEEN: ImageContext = { dossier: unknown('the image was not looked up'), workloads: unknown('not looked up') };

/** Each image of the batch is looked up once, however many findings name it. */
const contextsOf = async (
  findings: readonly Vulnerability[],
  ports: ProcessVulnerabilitiesPorts,
): Promise<ReadonlyMap<string, ImageContext>> => {
  const images = [...new Map(findings.map(({ image }) => [imageArn(image), image])).values()];
  const [dossiers, workloads] = await Promise.all([
    pMap(images, (image) => dossierOf(image, ports), { concurrency: IMAGES_AT_ONCE }),
    ports.workloads.workloadsOf(images),
  ]);
  return new Map(
    images.map((image, index) => [
      imageArn(image),
      { dossier: dossiers[index] ?? UNSEEN.dossier, workloads: workloads[index] ?? UNSEEN.workloads },
    ]),
  );
};

/** A finding often arrives before its push event was worked on, or about an image older than Sekisho: then it is read now. */
const dossierOf = async (image: ImageReference, ports: ProcessVulnerabilitiesPorts): Promise<Known<ImageDossier>> => {
  try {
    const dossier = (await ports.dossiers.get(image)) ?? (await recordImage(image, ports));
    return dossier.kind === 'image' ? known(dossier) : unknown(`the digest names an ${dossier.kind}, not an image`);
  } catch (thrown) {
    const error = sekishoErrorFrom(thrown);
    // Only what trying again cannot mend is told as unknown; the rest fails the records, and the queue brings them back.
    if (error.retryable) throw error;
    return unknown(error.message);
  }
};
