/** Threats seen at run time: find the image and the place by the task they name, decide, and pass them on. */

import pMap from 'p-map';
import type { Clock } from '../base/clock.ts';
import type { SekishoError } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import type { Result } from '../base/result.ts';
import type { Dossier } from '../dossier/dossier.ts';
import { enrichThreat } from '../enrichment/enrich-threat.ts';
import type { EnrichedThreat } from '../enrichment/enriched-finding.ts';
import type { Threat } from '../finding/finding.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { parseImageUri } from '../image/parse-image-arn.ts';
import { userIsRoot } from '../isolation/user.ts';
import { weakestIsolation } from '../isolation/weakest-isolation.ts';
import type { TaskContext, Workload } from '../isolation/workload.ts';
import { workloadFromThreat } from '../isolation/workload-from-threat.ts';
import type { Policy } from '../policy/policy.ts';
import { attempt } from './attempt.ts';
import { decideByPolicy } from './decide-by-policy.ts';
import type { DecidedQueue, DossierStore, RepositoryTagSource, WorkloadSource } from './ports.ts';
import { settleBatch } from './settle-batch.ts';
import { done, type Settled } from './settled.ts';

export interface ProcessThreatsPorts {
  readonly workloads: WorkloadSource;
  readonly dossiers: DossierStore;
  readonly repositoryTags: RepositoryTagSource;
  readonly decided: DecidedQueue;
  readonly clock: Clock;
}

const LOOKUPS_AT_ONCE = 8;

/** One result per threat, in order: one whose context cannot be read fails alone. */
export const processThreats = async (
  threats: readonly Threat[],
  ports: ProcessThreatsPorts,
  policy: Policy,
): Promise<readonly Result<Settled, SekishoError>[]> => {
  const decided = await pMap(
    threats,
    (threat) => attempt(async () => decideByPolicy(await enrich(threat, ports), policy, ports.clock.now())),
    { concurrency: LOOKUPS_AT_ONCE },
  );
  return settleBatch(decided, async (findings) => (await ports.decided.send(findings)).map(done));
};

const enrich = async (threat: Threat, ports: ProcessThreatsPorts): Promise<EnrichedThreat> => {
  const task: Known<TaskContext> = threat.task
    ? await ports.workloads.taskContextOf(threat.task.arn)
    : unknown('the finding names no ECS task, and no digest of its container’s image');
  const workloads = workloadsOf(threat, task);
  const { image, dossier } = await platformOf(imageOf(threat, task), ports.dossiers);
  const root = dossier?.kind === 'image' ? userIsRoot(dossier.user) : undefined;
  const privileged = threat.containers.some((container) => container.privileged === true);
  const [repositoryTags] = image.known ? await ports.repositoryTags.tagsOf([image.value]) : [unknown(image.reason)];
  const context = { workloads, isolation: weakestIsolation(workloads, root, privileged) };
  return enrichThreat(threat, image, repositoryTags ?? unknown('the tags were not read'), context);
};

/** A task that pulled a tag names the index; with one platform in it, that is the image that scanners speak of. */
const platformOf = async (
  image: Known<ImageReference>,
  dossiers: DossierStore,
): Promise<{ readonly image: Known<ImageReference>; readonly dossier: Dossier | undefined }> => {
  if (!image.known) return { image, dossier: undefined };
  const dossier = await dossiers.get(image.value);
  const [only, ...others] = dossier?.kind === 'index' ? dossier.platforms : [];
  if (only === undefined || others.length > 0) return { image, dossier };
  const platform = { ...image.value, digest: only.digest };
  return { image: known(platform), dossier: await dossiers.get(platform) };
};

/** The image of the container that the finding names; of the only container, when it names none. */
const imageOf = (threat: Threat, task: Known<TaskContext>): Known<ImageReference> => {
  if (!task.known) return imageFromContainers(threat) ?? unknown(task.reason);
  const names = new Set(threat.containers.map((container) => container.name));
  const named = task.value.containers.filter((container) => names.has(container.name));
  const [only, ...others] = named.length > 0 ? named : task.value.containers;
  if (only?.image === undefined) return unknown('the task does not say which digest it runs');
  return others.length === 0 ? known(only.image) : unknown('the finding does not say which container of the task');
};

/** What a pod runs by digest stands in the finding itself; undefined where its containers run several images, or a tag. */
const imageFromContainers = ({ containers }: Threat): Known<ImageReference> | undefined => {
  const [first, ...others] = containers.map(({ image }) => parseImageUri(image ?? ''));
  if (first?.digest === undefined || others.some((other) => other?.digest !== first.digest)) return undefined;
  const { partition, account, region, repository, digest } = first;
  return known({ partition, account, region, repository, digest });
};

/** The task is the better witness; where it is gone, the finding itself tells where it ran. */
const workloadsOf = (threat: Threat, task: Known<TaskContext>): Known<readonly Workload[]> => {
  if (task.known) return known([task.value.workload]);
  const workload = workloadFromThreat(threat);
  return workload ? known([workload]) : unknown(task.reason);
};
