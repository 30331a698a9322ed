/** Which workloads run an image: the tasks that ECS lists, and the EKS workloads that Inspector knows. */

import {
  DescribeTasksCommand,
  ECSClient,
  paginateListClusters,
  paginateListTasks,
  type Task,
  type TaskField,
} from '@aws-sdk/client-ecs';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import type { Clock } from '../base/clock.ts';
import { mapEnded } from '../base/ended.ts';
import { type Known, known, unknown } from '../base/known.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { mergeWorkloads } from '../isolation/merge-workloads.ts';
import type { TaskContext } from '../isolation/workload.ts';
import { taskContextFromEcs } from '../isolation/workload-from-ecs.ts';
import type { RunnableImage, WorkloadSource } from '../pipeline/ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { eksWorkloadsOf } from './eks-workloads.ts';
import { errorFromAws } from './error-from-aws.ts';

/** DescribeTasks takes 100 tasks a call. */
const TASKS_A_CALL = 100;
const CALLS_AT_ONCE = 4;
/** Without it ECS answers as if no task had any. */
const include: TaskField[] = ['TAGS'];
/** ECS is listed as a whole, once for all images of a batch; the next batches use it while it is this fresh. */
const FRESH_MS = 60_000;

export const ecsWorkloadSource = (clock: Clock): WorkloadSource => {
  const ecs = new ECSClient(clientDefaults);
  const inspector = new Inspector2Client(clientDefaults);
  let listed: { readonly at: number; readonly tasks: Promise<Known<readonly TaskContext[]>> } | undefined;

  const tasksNow = async (): Promise<Known<readonly TaskContext[]>> => {
    const now = clock.now().getTime();
    if (listed !== undefined && now - listed.at <= FRESH_MS) return listed.tasks;
    const tasks = listTasks(ecs);
    listed = { at: now, tasks };
    const tasksNowKnown = await tasks;
    // A listing that failed is asked for again by the next batch.
    if (!tasksNowKnown.known) listed = undefined;
    return tasksNowKnown;
  };

  return {
    workloadsOf: async (images) => {
      const tasks = await tasksNow();
      return mapEnded(
        images,
        async (image) => {
          if (!tasks.known) return tasks;
          const inEcs = tasks.value.filter(({ containers }) =>
            containers.some((container) => runs(container.image, image)),
          );
          const inEks = await eksWorkloadsOf(inspector, image);
          if (inEcs.length === 0 && !inEks.known) return inEks;
          const value = mergeWorkloads([...inEcs.map(({ workload }) => workload), ...(inEks.known ? inEks.value : [])]);
          return { known: true, value, ...(!inEks.known && { incomplete: inEks.reason }) };
        },
        { concurrency: CALLS_AT_ONCE },
      );
    },
    taskContextOf: async (taskArn) => {
      try {
        const { tasks = [] } = await ecs.send(
          new DescribeTasksCommand({ cluster: clusterArnOfTask(taskArn), tasks: [taskArn], include }),
        );
        const context = tasks[0] && taskContextFromEcs(tasks[0]);
        return context ? known(context) : unknown('ECS no longer knows the task');
      } catch (thrown) {
        return unknown(errorFromAws(thrown, 'Describing the task').message);
      }
    },
  };
};

/** A repository may be replicated under another account or Region: the digest is what runs, or that of an index. */
const runs = (running: ImageReference | undefined, image: RunnableImage): boolean =>
  running !== undefined &&
  running.repository === image.repository &&
  (running.digest === image.digest || (image.indexes ?? []).includes(running.digest));

/** `arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/ID`; the old form without a cluster means the default one. */
const clusterArnOfTask = (taskArn: string): string | undefined => {
  const [place, cluster, id] = taskArn.split('/');
  return id === undefined ? undefined : `${place?.replace(/:task$/, ':cluster')}/${cluster}`;
};

const listTasks = async (ecs: ECSClient): Promise<Known<readonly TaskContext[]>> => {
  try {
    const described: Task[] = [];
    for await (const { clusterArns = [] } of paginateListClusters({ client: ecs }, {}))
      for (const batch of await mapEnded(clusterArns, (cluster) => tasksOfCluster(ecs, cluster), {
        concurrency: CALLS_AT_ONCE,
      }))
        described.push(...batch);
    return known(described.toSorted(newestFirst).flatMap((task) => taskContextFromEcs(task) ?? []));
  } catch (thrown) {
    return unknown(errorFromAws(thrown, 'Listing the tasks of ECS').message);
  }
};

/** ECS lists in no order that it tells. Of tasks whose tags do not agree, the newest has what its owners said last. */
const newestFirst = (one: Task, other: Task): number =>
  (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0) ||
  (one.taskArn ?? '').localeCompare(other.taskArn ?? '');

const tasksOfCluster = async (ecs: ECSClient, cluster: string): Promise<readonly Task[]> => {
  const arns: string[] = [];
  for await (const { taskArns = [] } of paginateListTasks({ client: ecs, pageSize: TASKS_A_CALL }, { cluster }))
    arns.push(...taskArns);
  const batches = Array.from({ length: Math.ceil(arns.length / TASKS_A_CALL) }, (_, index) =>
    arns.slice(index * TASKS_A_CALL, (index + 1) * TASKS_A_CALL),
  );
  // A task that ended in between comes back among `failures`: it runs nothing any more.
  const answers = await mapEnded(batches, (tasks) => ecs.send(new DescribeTasksCommand({ cluster, tasks, include })), {
    concurrency: CALLS_AT_ONCE,
  });
  return answers.flatMap(({ tasks = [] }) => tasks);
};
