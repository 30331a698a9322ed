/** Threats seen at run time: find the image and the place by the task they name, decide, and pass them on. */

import pMap from 'p-map';
import type { SekishoError } from '../base/errors.ts';
import { type Known, known, unknown } from '../base/known.ts';
import type { Result } from '../base/result.ts';
import { enrichThreat } from '../enrichment/enrich-threat.ts';
import type { Threat } from '../finding/finding.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { userIsRoot } from '../isolation/user.ts';
import { weakestIsolation } from '../isolation/weakest-isolation.ts';
import type { TaskContext, Workload } from '../isolation/workload.ts';
import { workloadFromThreat } from '../isolation/workload-from-threat.ts';
import { decide } from '../priority/decide.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { findingVersion } from './finding-version.ts';
import type { DecidedQueue, DossierStore, WorkloadSource } from './ports.ts';

export interface ProcessThreatsPorts {
  readonly workloads: WorkloadSource;
  readonly dossiers: DossierStore;
  readonly decided: DecidedQueue;
}

const LOOKUPS_AT_ONCE = 8;

/** One result per threat, in order. */
export const processThreats = async (
  threats: readonly Threat[],
  ports: ProcessThreatsPorts,
): Promise<readonly Result<void, SekishoError>[]> =>
  ports.decided.send(await pMap(threats, (threat) => decideThreat(threat, ports), { concurrency: LOOKUPS_AT_ONCE }));

const decideThreat = async (threat: Threat, ports: ProcessThreatsPorts): Promise<DecidedFinding> => {
  const task: Known<TaskContext> = threat.task
    ? await ports.workloads.taskContextOf(threat.task.arn)
    : unknown('the finding names no task');
  const image = imageOf(threat, task);
  const workloads = workloadsOf(threat, task);
  const dossier = image.known ? await ports.dossiers.get(image.value) : undefined;
  const root = dossier?.kind === 'image' ? userIsRoot(dossier.user) : undefined;
  const privileged = threat.containers.some((container) => container.privileged === true);
  const enriched = enrichThreat(threat, image, { workloads, isolation: weakestIsolation(workloads, root, privileged) });
  return { message: 1, enriched, decision: decide(enriched), version: findingVersion(threat) };
};

/** The image of the container that the finding names; of the only container, when it names none. */
const imageOf = (threat: Threat, task: Known<TaskContext>): Known<ImageReference> => {
  if (!task.known) return unknown(task.reason);
  const names = new Set(threat.containers.map((container) => container.name));
  const named = task.value.containers.filter((container) => names.has(container.name));
  const [only, ...others] = named.length > 0 ? named : task.value.containers;
  if (only?.image === undefined) return unknown('the task does not say which digest it runs');
  return others.length === 0 ? known(only.image) : unknown('the finding does not say which container of the task');
};

/** The task is the better witness; where it is gone, the finding itself tells where it ran. */
const workloadsOf = (threat: Threat, task: Known<TaskContext>): Known<readonly Workload[]> => {
  if (task.known) return known([task.value.workload]);
  const workload = workloadFromThreat(threat);
  return workload ? known([workload]) : unknown(task.reason);
};
