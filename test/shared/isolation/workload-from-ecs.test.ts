import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import { type EcsTask, taskContextFromEcs } from '../../../shared/isolation/workload-from-ecs.ts';

const DIGEST = 'sha256:1111111111111111111111111111111111111111111111111111111111111111';
const OTHER = 'sha256:2222222222222222222222222222222222222222222222222222222222222222';
const REGISTRY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const task: EcsTask = {
  clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:7',
  group: 'service:checkout',
  launchType: 'FARGATE',
  lastStatus: 'RUNNING',
  containers: [{ name: 'app', image: `${REGISTRY}/shop/checkout:2026.3.1`, imageDigest: DIGEST }],
};
const workload = (changes: EcsTask) => taskContextFromEcs({ ...task, ...changes })?.workload;
const noLaunchType = { launchType: undefined };

describe('taskContextFromEcs', () => {
  it('names the workload, the place and the images by digest', () => {
    expect(taskContextFromEcs(task)).toEqual({
      workload: {
        orchestrator: 'ecs',
        runtime: 'ecs-fargate',
        launchType: 'FARGATE',
        clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
        name: 'service:checkout',
        taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:7',
        running: 1,
        tags: known({}),
      },
      containers: [
        {
          name: 'app',
          image: {
            partition: 'aws',
            account: '111122223333',
            region: 'eu-west-1',
            repository: 'shop/checkout',
            digest: DIGEST,
          },
        },
      ],
    });
  });

  it.each<[string, EcsTask, string | undefined, string]>([
    ['FARGATE', { launchType: 'FARGATE' }, 'FARGATE', 'ecs-fargate'],
    ['EC2', { launchType: 'EC2' }, 'EC2', 'ecs-ec2'],
    ['EXTERNAL', { launchType: 'EXTERNAL' }, 'EXTERNAL', 'ecs-anywhere'],
    ['MANAGED_INSTANCES', { launchType: 'MANAGED_INSTANCES' }, 'MANAGED_INSTANCES', 'ecs-managed-instances'],
    ['the provider FARGATE', { ...noLaunchType, capacityProviderName: 'FARGATE' }, 'FARGATE', 'ecs-fargate'],
    ['the provider FARGATE_SPOT', { ...noLaunchType, capacityProviderName: 'FARGATE_SPOT' }, 'FARGATE', 'ecs-fargate'],
    [
      'a container instance',
      { ...noLaunchType, containerInstanceArn: 'arn:aws:ecs:::container-instance/1' },
      'EC2',
      'ecs-ec2',
    ],
    ['a provider of its own', { ...noLaunchType, capacityProviderName: 'shop' }, undefined, 'unknown'],
    ['nothing', noLaunchType, undefined, 'unknown'],
    ['a launch type that nobody knows yet', { launchType: 'LUNAR', containerInstanceArn: 'x' }, undefined, 'unknown'],
    ['a name that every object has', { launchType: 'constructor' }, undefined, 'unknown'],
  ])('reads the place from %s', (_what, changes, launchType, runtime) => {
    expect(workload(changes)).toMatchObject({ runtime });
    expect(workload(changes)?.launchType).toBe(launchType);
  });

  it.each([
    ['its service', { group: 'service:web' }, 'service:web'],
    ['its family', { group: 'family:batch' }, 'family:batch'],
    ['the family of its definition when it has no group', { group: undefined }, 'family:checkout'],
  ])('names a task by %s', (_what, changes, name) => {
    expect(workload(changes)?.name).toBe(name);
  });

  it('counts a task that has ended as none', () => {
    expect(workload({ lastStatus: 'STOPPED' })?.running).toBe(0);
  });

  it.each<[string, EcsTask]>([
    ['without a cluster', { clusterArn: undefined }],
    ['without group and definition', { group: undefined, taskDefinitionArn: undefined }],
  ])('says nothing of a task %s', (_what, changes) => {
    expect(taskContextFromEcs({ ...task, ...changes })).toBeUndefined();
  });

  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    ['the digest that was pulled', `${REGISTRY}/app:1`, DIGEST, DIGEST],
    ['the digest in the name', `${REGISTRY}/app@${DIGEST}`, undefined, DIGEST],
    ['the digest that was pulled, over the one in the name', `${REGISTRY}/app@${OTHER}`, DIGEST, DIGEST],
    ['no image for a tag that was not pulled yet', `${REGISTRY}/app:1`, undefined, undefined],
    ['no image of another registry', 'docker.io/library/nginx:1', DIGEST, undefined],
    ['no image when there is no name', undefined, DIGEST, undefined],
  ])('takes %s', (_what, image, imageDigest, expected) => {
    const context = taskContextFromEcs({ ...task, containers: [{ name: 'app', image, imageDigest }] });
    expect(context?.containers[0]?.image?.digest).toBe(expected);
  });

  it('has the tags of the task', () => {
    const tags = [
      { key: 'criticality', value: 'high' },
      { key: 'empty' },
      { value: 'nameless' },
      { key: 'env', value: '' },
    ];
    expect(workload({ tags })?.tags).toEqual(known({ criticality: 'high', env: '' }));
  });

  it('takes a task without containers', () => {
    expect(taskContextFromEcs({ ...task, containers: undefined })?.containers).toEqual([]);
  });
});

const FIXTURES = new URL('../../../../shared/fixtures/given/ecs-eks/', import.meta.url);
const isThere = existsSync(FIXTURES);
if (!isThere) console.warn('the recorded tasks are not here: their tests are skipped');

const recordedTasks = (file: string): readonly EcsTask[] => {
  const recorded = JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8'));
  return recorded.tasks ?? (recorded.detail ? [recorded.detail] : recorded);
};

describe.skipIf(!isThere)('the recorded tasks', () => {
  it.each([
    ['describe-tasks-fargate-live-redacted.json', ['service:sublime on ecs-fargate']],
    [
      'describe-tasks-fargate-old.json',
      [
        'family:ecs-read-only-root on ecs-fargate',
        'service:home-web on ecs-fargate',
        'family:ecs-read-only-root on ecs-fargate',
        'service:home-web on ecs-fargate',
      ],
    ],
    [
      'describe-tasks-fargate-spot.json',
      ['family:app-fargate-task on ecs-fargate', 'family:webapp-fargate-task on ecs-fargate'],
    ],
    ['botocore-example-describe-tasks-ec2.json', ['family:amazon-ecs-sample on ecs-ec2']],
    ['event-ecs-task-state-change.json', ['family:sample-fargate on ecs-fargate']],
  ])('%s', (file, expected) => {
    const contexts = recordedTasks(file).map(taskContextFromEcs);
    expect(contexts.map((context) => `${context?.workload.name} on ${context?.workload.runtime}`)).toEqual(expected);
  });

  it('name the image that the event of a task tells', () => {
    const [first] = recordedTasks('event-ecs-task-state-change.json').map(taskContextFromEcs);
    expect(first?.containers[0]?.image).toMatchObject({ account: '111122223333', repository: 'hello-repository' });
  });
});
