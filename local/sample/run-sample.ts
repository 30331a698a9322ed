/** The sample: a service on Fargate, the image it runs, and what the scanners say about it; all by real calls. */
import { setTimeout as wait } from 'node:timers/promises';
import {
  ClusterNotFoundException,
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import type { Runtime } from '../runtime.ts';
import { checkoutImage, SAMPLE_LAYERS } from './checkout-image.ts';
import { guardDutyEvent } from './guardduty-event.ts';
import { inspectorEvent, sampleVulnerabilities } from './inspector-event.ts';
import { pushImage } from './push-image.ts';
import type { SampleTarget } from './sample-target.ts';

export const SAMPLE_REPOSITORY = 'shop/checkout';
export const SAMPLE_TAG = '1.4.2';

const CLUSTER = 'shop';

/** `progress` is told one line per step. Resolves when the events are sent, not when they are worked on. */
export const runSample = async (runtime: Runtime, progress: (line: string) => void): Promise<void> => {
  const { account, region, registry, endpoint } = runtime;
  const image = `${account}.dkr.ecr.${region}.amazonaws.com/${SAMPLE_REPOSITORY}:${SAMPLE_TAG}`;
  const ecs = new ECSClient({ region, endpoint, credentials: { accessKeyId: 'SAMPLE', secretAccessKey: 'sample' } });

  progress('register a sample workload: ECS cluster "shop", task definition "checkout" for Fargate');
  const { cluster } = await ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'checkout',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'checkout', image, essential: true, portMappings: [{ containerPort: 8080 }] }],
    }),
  );

  progress(`build a small image and push it to ${registry}/${SAMPLE_REPOSITORY}:${SAMPLE_TAG}`);
  const built = await checkoutImage();
  await pushImage(registry, SAMPLE_REPOSITORY, SAMPLE_TAG, built);

  progress('run the service: 2 tasks on Fargate');
  const { tasks = [] } = await ecs.send(
    new RunTaskCommand({
      cluster: CLUSTER,
      taskDefinition: 'checkout',
      launchType: 'FARGATE',
      count: 2,
      group: 'service:checkout',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
    }),
  );
  const [task] = tasks;
  const layer = (index: number) => {
    const found = built.layers[index];
    if (found === undefined) throw new Error(`the sample image has no layer ${index}`);
    return found.digest;
  };
  if (
    task?.taskArn === undefined ||
    cluster?.clusterArn === undefined ||
    taskDefinition?.taskDefinitionArn === undefined
  )
    throw new Error('the local ECS did not run the sample task');
  await untilSeen(ecs, task.taskArn);

  const target: SampleTarget = {
    account,
    region,
    repository: SAMPLE_REPOSITORY,
    tag: SAMPLE_TAG,
    digest: built.manifest.digest,
    clusterName: CLUSTER,
    clusterArn: cluster.clusterArn,
    taskArn: task.taskArn,
    taskDefinitionArn: taskDefinition.taskDefinitionArn,
    now: runtime.now(),
  };
  const vulnerabilities = sampleVulnerabilities({
    base: layer(SAMPLE_LAYERS.base),
    openssl: layer(SAMPLE_LAYERS.openssl),
    npm: layer(SAMPLE_LAYERS.npm),
  });
  progress(`send ${vulnerabilities.length} Inspector findings and 1 GuardDuty finding about it`);
  await runtime.putEvents([
    ...vulnerabilities.map((vulnerability) => inspectorEvent(target, vulnerability)),
    guardDutyEvent(target),
  ]);
  ecs.destroy();
};

const LOOK_MS = 250;
const LOOKS = 120;

/** ECS may show a task later than it starts it, and findings that come before would be about an image that runs nowhere. */
const untilSeen = async (ecs: ECSClient, taskArn: string): Promise<void> => {
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await wait(LOOK_MS);
    const seen = await ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks: [taskArn] })).catch((thrown) => {
      if (thrown instanceof ClusterNotFoundException) return { tasks: [] };
      throw thrown;
    });
    if ((seen.tasks ?? []).length > 0) return;
  }
  throw new Error('the local ECS does not show the sample task');
};
