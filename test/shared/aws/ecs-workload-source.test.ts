import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import * as inspector from '@aws-sdk/client-inspector2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { ecsWorkloadSource } from '../../../shared/aws/ecs-workload-source.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { type ImageReference, imageUri } from '../../../shared/image/image-reference.ts';
import type { Workload } from '../../../shared/isolation/workload.ts';
import { pushImage } from '../../local/registry/images.ts';
import { type LocalFront, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { awsEndpoint } from '../../support/aws-subjects/aws-endpoint.ts';
import { workloadSubject } from '../../support/aws-subjects/workloads.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { startService } from '../../support/one-service.ts';
import { digest } from '../enrichment/findings.ts';
import { type WorkloadSubject, workloadSourceContract } from '../pipeline/contracts/workload-source.ts';

const PLACE = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const IDLE: ImageReference = { ...PLACE, repository: 'shop/idle', digest: digest('c') };
const web = (change: Partial<Workload> = {}): Workload => ({
  orchestrator: 'ecs',
  runtime: 'ecs-fargate',
  launchType: 'FARGATE',
  clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
  name: 'family:web',
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1',
  running: 1,
  tags: known({}),
  ...change,
});

let front: LocalFront;
let client: ECSClient;
let restore: () => void;
let denied: readonly string[];
let workloads: WorkloadSubject;
let image: ImageReference;
let cart: ImageReference;
beforeEach(async () => {
  denied = [];
  front = await startFront({
    authorize: ({ service, operation }) => {
      if (denied.includes(`${service} ${operation}`))
        throw new AwsError('AccessDeniedException', 'no', { status: 400 });
    },
  });
  restore = useAwsEndpoint(`http://${front.host}`);
  client = new ECSClient(front.client);
  workloads = workloadSubject(awsEndpoint(`http://${front.host}`), async () => ['subnet-0123'], push);
  image = { ...PLACE, repository: 'shop/checkout', digest: await push('shop/checkout') };
  cart = { ...PLACE, repository: 'shop/cart', digest: await push('shop/cart') };
  await client.send(new CreateClusterCommand({ clusterName: 'shop' }));
});
afterEach(async () => {
  restore();
  await front.close();
});

const push = async (repository: string): Promise<Digest> =>
  (await pushImage(front.host, repository, undefined, repository)) as Digest;
const register = (family: string, ...images: readonly ImageReference[]) =>
  client.send(
    new RegisterTaskDefinitionCommand({
      family,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: images.map((one, index) => ({ name: `container-${index}`, image: imageUri(one) })),
    }),
  );
const run = async (taskDefinition: string, count = 1, tags: Readonly<Record<string, string>> = {}) => {
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0123'] } };
  const started = await client.send(
    new RunTaskCommand({
      cluster: 'shop',
      taskDefinition,
      count,
      launchType: 'FARGATE',
      networkConfiguration,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    }),
  );
  return started.tasks?.[0]?.taskArn ?? '';
};
const callsOf = (operation: string) => front.calls.filter((call) => call.operation === operation).length;

workloadSourceContract(() => workloads);

describe('the workloads of images in ECS', () => {
  it('are found among more tasks than a page or a call holds', async () => {
    await register('web', image);
    for (let calls = 0; calls < 11; calls += 1) await run('web', 10);
    expect(await ecsWorkloadSource(manualClock()).workloadsOf([image])).toEqual([known([web({ running: 110 })])]);
    expect(callsOf('ListTasks')).toBe(2);
    expect(callsOf('DescribeTasks')).toBe(2);
  });

  it('are those of the digest in its repository, whatever account or Region it was replicated from', async () => {
    await register('web', image);
    await run('web');
    const replica = { ...image, account: '999988887777', region: 'us-east-1' };
    const others = [
      { ...image, digest: digest('d') },
      { ...image, repository: 'shop/other' },
    ];
    expect(await ecsWorkloadSource(manualClock()).workloadsOf([replica, ...others])).toEqual([
      known([web()]),
      known([]),
      known([]),
    ]);
  });

  it('are those of an index that lists the image, where a task pulled that', async () => {
    await register('web', cart);
    await run('web');
    const platform = { ...cart, digest: digest('e') };
    const source = ecsWorkloadSource(manualClock());
    expect(await source.workloadsOf([platform, { ...platform, indexes: [digest('f'), cart.digest] }])).toEqual([
      known([]),
      known([web()]),
    ]);
  });

  it('have the tag of the newest task where these do not agree, and all others', async () => {
    await register('web', image);
    await run('web', 1, { criticality: 'high', team: 'shop' });
    front.advance(60);
    await run('web', 3, { criticality: 'low', team: 'shop' });
    front.advance(60);
    await run('web', 1, { criticality: 'medium' });
    expect(await ecsWorkloadSource(manualClock()).workloadsOf([image])).toEqual([
      known([web({ running: 5, tags: known({ criticality: 'medium', team: 'shop' }) })]),
    ]);
  });

  it('are listed once a minute', async () => {
    await register('web', image);
    const clock = manualClock();
    const source = ecsWorkloadSource(clock);
    expect(await source.workloadsOf([image])).toEqual([known([])]);
    await run('web');
    clock.advance(60);
    expect(await source.workloadsOf([image])).toEqual([known([])]);
    clock.advance(1);
    expect(await source.workloadsOf([image])).toEqual([known([web()])]);
    expect(callsOf('ListClusters')).toBe(2);
  });

  it.each(['ListClusters', 'ListTasks', 'DescribeTasks'])('are not known when %s is denied', async (operation) => {
    await register('web', image);
    await run('web');
    denied = [`ecs ${operation}`];
    const reason = unknown('Listing the tasks of ECS failed: AccessDeniedException');
    expect(await ecsWorkloadSource(manualClock()).workloadsOf([image, cart])).toEqual([reason, reason]);
  });

  it('are asked for again at once when a listing failed', async () => {
    await register('web', image);
    await run('web');
    const source = ecsWorkloadSource(manualClock());
    denied = ['ecs ListTasks'];
    await source.workloadsOf([image]);
    denied = [];
    expect(await source.workloadsOf([image])).toEqual([known([web()])]);
  });

  it('are some, those of ECS, where Inspector cannot be asked, and not known where ECS has none', async () => {
    await register('web', image);
    await run('web');
    denied = ['inspector2 GetClustersForImage'];
    const reason = 'Asking Inspector where the image runs failed: AccessDeniedException';
    expect(await ecsWorkloadSource(manualClock()).workloadsOf([image, IDLE])).toEqual([
      { ...known([web()]), incomplete: reason },
      unknown(reason),
    ]);
  });
});

describe('the workloads that only Inspector knows', () => {
  const details = (name: string, runningUnitCount: number) => ({
    lastInUse: new Date('2026-03-01T10:00:00Z'),
    runningUnitCount,
    clusterMetadata: {
      awsEksMetadataDetails: { namespace: 'shop', workloadInfoList: [{ name, type: 'DEPLOYMENT' }] },
    },
  });

  it('are added where they run', async () => {
    const clusterArn = 'arn:aws:eks:eu-west-1:111122223333:cluster/k8s';
    const service = await startService({
      name: 'inspector2',
      client: { schemas: inspector, config: new inspector.Inspector2Client({ region: 'eu-west-1' }).config },
      invalidInputCode: 'ValidationException',
      handlers: {
        GetClustersForImage: ({ nextToken }: inspector.GetClustersForImageRequest) =>
          nextToken === undefined
            ? { cluster: [{ clusterArn, clusterDetails: [details('checkout', 2)] }], nextToken: 'more' }
            : { cluster: [{ clusterArn, clusterDetails: [details('stopped', 0), details('job', 1)] }] },
      },
    });
    process.env.AWS_ENDPOINT_URL_INSPECTOR2 = service.url;
    try {
      const tags = unknown('the tags of EKS workloads are not read');
      const inEks = { orchestrator: 'eks', runtime: 'eks-node', clusterArn, tags } as const;
      expect(await ecsWorkloadSource(manualClock()).workloadsOf([image])).toEqual([
        known([
          { ...inEks, name: 'shop/DEPLOYMENT/checkout', running: 2 },
          { ...inEks, name: 'shop/DEPLOYMENT/job', running: 1 },
        ]),
      ]);
    } finally {
      delete process.env.AWS_ENDPOINT_URL_INSPECTOR2;
      await service.close();
    }
  });
});

describe('the context of a task in ECS', () => {
  it.each([
    ['a cluster that is gone', 'arn:aws:ecs:eu-west-1:111122223333:task/gone/0123', 'ClusterNotFoundException'],
    [
      'the default cluster, which the old form of the ARN leaves out',
      'arn:aws:ecs:eu-west-1:111122223333:task/0123',
      'ClusterNotFoundException',
    ],
  ])('is not known in %s', async (_, task, name) => {
    expect(await ecsWorkloadSource(manualClock()).taskContextOf(task)).toEqual(
      unknown(`Describing the task failed: ${name}`),
    );
  });

  it('is not known when the call is denied', async () => {
    denied = ['ecs DescribeTasks'];
    const task = 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0123';
    expect(await ecsWorkloadSource(manualClock()).taskContextOf(task)).toEqual(
      unknown('Describing the task failed: AccessDeniedException'),
    );
  });
});
