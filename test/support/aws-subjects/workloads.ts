/** The tasks of any party that speaks ECS. */
import {
  CreateClusterCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { digestOf } from '../../../local/registry/stored-image.ts';
import { ecsWorkloadSource } from '../../../shared/aws/ecs-workload-source.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { type ImageReference, imageUri } from '../../../shared/image/image-reference.ts';
import type { WorkloadSubject } from '../../shared/pipeline/contracts/workload-source.ts';
import { manualClock } from '../manual-clock.ts';
import { ACCOUNT, type AwsEndpoint } from './aws-endpoint.ts';

/** RunTask starts at most 10 tasks a call. */
const TASKS_A_CALL = 10;

const REGISTRY = { partition: 'aws', account: ACCOUNT, region: 'eu-west-1' };

/** For a party that runs an image whether there is one or not. */
const unpushed = async (repository: string): Promise<Digest> => digestOf(Buffer.from(repository));

/** `subnets`: some that the party knows; Fargate asks for them. `push`: brings an image into the party's registry. */
export const workloadSubject = (
  aws: AwsEndpoint,
  subnets: () => Promise<readonly string[]>,
  push: (repository: string) => Promise<Digest> = unpushed,
): WorkloadSubject => {
  const admin = new ECSClient(aws);
  const registered = new Set<string>();
  let clusters = 0;

  const register = async (family: string, images: readonly ImageReference[]): Promise<void> => {
    if (registered.has(family)) return;
    registered.add(family);
    await admin.send(
      new RegisterTaskDefinitionCommand({
        family,
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: images.map((image, at) => ({
          name: `container-${at}`,
          image: imageUri(image),
          memory: 256,
        })),
      }),
    );
  };

  return {
    source: () => ecsWorkloadSource(manualClock()),
    cluster: async () => {
      clusters += 1;
      const clusterName = `cluster-${clusters}`;
      await admin.send(new CreateClusterCommand({ clusterName }));
      return clusterName;
    },
    image: async (repository) => ({ ...REGISTRY, repository, digest: await push(repository) }),
    run: async (cluster, taskDefinition, images, count, tags = {}) => {
      await register(taskDefinition, images);
      const arns: string[] = [];
      while (arns.length < count) {
        const { tasks = [] } = await admin.send(
          new RunTaskCommand({
            cluster,
            taskDefinition,
            count: Math.min(TASKS_A_CALL, count - arns.length),
            launchType: 'FARGATE',
            tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
            networkConfiguration: { awsvpcConfiguration: { subnets: [...(await subnets())], securityGroups: [] } },
          }),
        );
        if (tasks.length === 0) throw new Error('no task was started');
        arns.push(...tasks.map(({ taskArn = '' }) => taskArn));
      }
      return arns;
    },
    stop: async (cluster, task) => {
      await admin.send(new StopTaskCommand({ cluster, task }));
    },
  };
};
