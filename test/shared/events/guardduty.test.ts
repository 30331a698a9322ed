import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../../shared/events/envelope.ts';
import { threatFromEvent } from '../../../shared/events/guardduty.ts';
import { baseEvent, refusalOf } from './base-event.ts';

type Changes = Readonly<Record<string, unknown>>;

const threat = (name: string, changes: Changes = {}) => threatFromEvent(parseEnvelope(baseEvent(name, changes)));
const fargate = (changes: Changes = {}) => threat('guardduty-ecs-fargate', changes);
const node = (changes: Changes = {}) => threat('guardduty-eks-node', changes);
const sequence = (changes: Changes = {}) => threat('guardduty-attack-sequence-ecs', changes);

const ECS = 'detail.resource.ecsClusterDetails';
const TASK = `${ECS}.taskDetails`;
const POD = 'detail.resource.kubernetesDetails.kubernetesWorkloadDetails';
const RESOURCES = 'detail.service.detection.sequence.resources';

describe('threatFromEvent on a task of Fargate', () => {
  it('carries over everything that is said of the finding', () => {
    expect(fargate()).toEqual({
      kind: 'threat',
      key: 'guardduty-4cb66b29e0ec09858bc70c886008247d4b7ea1ca',
      source: 'guardduty',
      sourceId:
        'arn:aws:guardduty:eu-west-1:111122223333:detector/20c0ffee20c0ffee20c0ffee20c0ffee/finding/10c0ffee10c0ffee10c0ffee10c0ffee',
      account: '111122223333',
      region: 'eu-west-1',
      partition: 'aws',
      status: 'active',
      type: 'Execution:Runtime/NewBinaryExecuted',
      title: 'A new binary was executed in the container checkout.',
      description: 'A binary that was not in the image was executed in the container checkout of the ECS cluster shop.',
      severity: 5,
      count: 3,
      sample: false,
      resourceType: 'ECSCluster',
      cluster: { kind: 'ecs', name: 'shop', arn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop' },
      task: {
        arn: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/30c0ffee30c0ffee30c0ffee30c0ffee',
        definitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:7',
        launchType: 'FARGATE',
      },
      workload: { type: 'service', name: 'checkout' },
      containers: [
        {
          name: 'checkout',
          image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:2026.3.1',
          privileged: false,
        },
      ],
      resourceTags: { team: 'shop' },
      firstObservedAt: '2026-03-02T10:00:00.000Z',
      lastObservedAt: '2026-03-02T10:02:30.000Z',
      updatedAt: '2026-03-02T10:04:20.202Z',
    });
  });

  it('keeps the key over updates', () => {
    expect(fargate({ 'detail.service.count': 9, 'detail.updatedAt': '2026-03-03T00:00:00Z', id: 'other' }).key).toBe(
      'guardduty-4cb66b29e0ec09858bc70c886008247d4b7ea1ca',
    );
  });

  it.each([
    ['a finding that a person has archived as closed', { 'detail.service.archived': true }, { status: 'closed' }],
    ['null for archived as active', { 'detail.service.archived': null }, { status: 'active' }],
    ['a finding without a count as seen once', { 'detail.service.count': null }, { count: 1 }],
    [
      'a finding without a title by its type',
      { 'detail.title': null, 'detail.description': '' },
      { title: 'Execution:Runtime/NewBinaryExecuted', description: 'Execution:Runtime/NewBinaryExecuted' },
    ],
    ['a severity with a fraction', { 'detail.severity': 8.5 }, { severity: 8.5 }],
    ['a cluster without a name by its ARN', { [`${ECS}.name`]: null }, { cluster: { name: 'shop' } }],
    [
      'the only container beside the cluster as the one meant',
      { 'detail.resource.containerDetails': { name: 'side', image: null, securityContext: null } },
      { containers: [{ name: 'side' }] },
    ],
    [
      'a lone task by its family',
      { [`${TASK}.group`]: 'family:batch' },
      { workload: { type: 'family', name: 'batch' } },
    ],
    [
      'another partition from the ARN',
      { 'detail.arn': 'arn:aws-us-gov:guardduty:us-gov-west-1:111122223333:detector/d/finding/f' },
      { partition: 'aws-us-gov' },
    ],
  ])('reads %s', (_what, changes, expected) => {
    expect(fargate(changes as Changes)).toMatchObject(expected);
  });

  it.each([
    ['the mark beside the value', { 'detail.service.additionalInfo.sample': true }, true],
    ['the mark inside the value', { 'detail.service.additionalInfo.value': '{"sample":true}' }, true],
    ['no additional info', { 'detail.service.additionalInfo': null }, false],
    ['a value that is no JSON', { 'detail.service.additionalInfo.value': '{"sample":true' }, false],
    ['a value that is null in JSON', { 'detail.service.additionalInfo.value': 'null' }, false],
    ['a value that is no text', { 'detail.service.additionalInfo.value': { sample: true } }, false],
    ['a mark that says no', { 'detail.service.additionalInfo.sample': false }, false],
    [
      'a mark that an attacker wrote into a command line',
      { 'detail.service.additionalInfo.value': '{"command":"echo \\"sample\\":true"}' },
      false,
    ],
  ])('knows samples: %s', (_what, changes, expected) => {
    expect(fargate(changes as Changes).sample).toBe(expected);
  });

  it.each([
    ['cluster', ECS],
    ['task', ECS],
    ['task', TASK],
    ['task', `${TASK}.arn`],
    ['workload', TASK],
    ['workload', `${TASK}.group`],
  ])('leaves out the %s when %s is missing or null', (property, path) => {
    expect(fargate({ [path]: undefined })).not.toHaveProperty(property);
    expect(fargate({ [path]: null })).not.toHaveProperty(property);
  });

  it.each([
    ['the cluster is null', { [ECS]: null }],
    ['the task is null', { [TASK]: null }],
    ['the containers are null', { [`${TASK}.containers`]: null }],
    ['the containers are none', { [`${TASK}.containers`]: [] }],
  ])('names no container when %s', (_what, changes) => {
    expect(fargate(changes as Changes).containers).toEqual([]);
  });

  it('has the tags of the task before those of its cluster, and these before those of its instance', () => {
    const tagsOf = (place: string, ...keys: readonly string[]) => keys.map((key) => ({ key, value: place }));
    const found = fargate({
      [`${TASK}.tags`]: tagsOf('task', 'a'),
      [`${ECS}.tags`]: tagsOf('cluster', 'a', 'b'),
      'detail.resource.instanceDetails': { tags: tagsOf('instance', 'a', 'b', 'c') },
    });
    expect(found.resourceTags).toEqual({ a: 'task', b: 'cluster', c: 'instance' });
  });

  it.each([
    undefined,
    null,
    'team',
    7,
    { team: 'shop' },
    [null, 'team', { key: 'team' }, { value: 'shop' }, ['a', 'b']],
  ])('reads %j as no tags', (tags) => {
    expect(fargate({ [`${ECS}.tags`]: tags, [`${TASK}.tags`]: tags }).resourceTags).toEqual({});
  });

  it.each([
    [
      'a finding that nobody has updated is as new as its last event',
      { 'detail.updatedAt': null },
      ['2026-03-02T10:00:00.000Z', '2026-03-02T10:02:30.000Z', '2026-03-02T10:02:30.000Z'],
    ],
    [
      'a finding without service is as old as its creation',
      { 'detail.service': null },
      ['2026-03-02T10:01:10.101Z', '2026-03-02T10:04:20.202Z', '2026-03-02T10:04:20.202Z'],
    ],
    [
      'a finding without any time is as old as its event',
      { 'detail.service': undefined, 'detail.createdAt': 'once', 'detail.updatedAt': 0 },
      ['2026-03-02T10:05:00.000Z', '2026-03-02T10:05:00.000Z', '2026-03-02T10:05:00.000Z'],
    ],
  ])('%s', (_fact, changes, expected) => {
    const { firstObservedAt, lastObservedAt, updatedAt } = fargate(changes as Changes);
    expect([firstObservedAt, lastObservedAt, updatedAt]).toEqual(expected);
  });

  it.each([
    ['a missing ARN', { 'detail.arn': undefined }, 'detail.arn'],
    ['an ARN of another service', { 'detail.arn': 'arn:aws:inspector2:eu-west-1:1:finding/1' }, 'detail.arn'],
    ['a missing type', { 'detail.type': null }, 'detail.type'],
    ['a severity in words', { 'detail.severity': 'HIGH' }, 'detail.severity'],
    ['a missing resource', { 'detail.resource': undefined }, 'detail.resource'],
    ['a missing account', { 'detail.accountId': null }, 'detail.accountId'],
    ['a missing Region', { 'detail.region': '' }, 'detail.region'],
    ['containers that are no list', { [`${TASK}.containers`]: 'all' }, `${TASK}.containers`],
  ])('refuses %s', (_what, changes, field) => {
    expect(refusalOf(() => fargate(changes as Changes))).toBe(`EVENT_INVALID: The event has no usable ${field}.`);
  });

  it('refuses an event of another kind', () => {
    expect(refusalOf(() => fargate({ source: 'aws.inspector2' }))).toBe(
      'EVENT_INVALID: The event is no "GuardDuty Finding" of aws.guardduty.',
    );
  });
});

describe('threatFromEvent on a node of EKS', () => {
  it('names the pod, its containers and the instance', () => {
    expect(node()).toMatchObject({
      cluster: { kind: 'eks', name: 'platform', arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/platform' },
      workload: { type: 'pods', name: 'cart-5f7d', namespace: 'shop' },
      instanceId: 'i-0a1b2c3d4e5f60718',
      containers: [
        { name: 'cart', image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/cart:9', privileged: true },
        { image: 'docker.io/library/envoy:1' },
      ],
    });
    expect(node()).not.toHaveProperty('task');
    expect(node().containers[1]).toEqual({ image: 'docker.io/library/envoy:1' });
  });

  it.each([
    ['workload', POD],
    ['workload', `${POD}.name`],
    ['workload', 'detail.resource.kubernetesDetails'],
    ['instanceId', 'detail.resource.instanceDetails'],
    ['instanceId', 'detail.resource.instanceDetails.instanceId'],
    ['cluster', 'detail.resource.eksClusterDetails'],
  ])('leaves out the %s when %s is null', (property, path) => {
    expect(node({ [path]: null })).not.toHaveProperty(property);
  });

  it('has the tags of the cluster before those of the instance', () => {
    const found = node({
      'detail.resource.eksClusterDetails.tags': [{ key: 'env', value: 'production' }],
      'detail.resource.instanceDetails.tags': [
        { key: 'env', value: 'test' },
        { key: 'eks:nodegroup-name', value: 'ng1' },
      ],
    });
    expect(found.resourceTags).toEqual({ env: 'production', 'eks:nodegroup-name': 'ng1' });
  });

  it('names a pod without a namespace', () => {
    expect(node({ [`${POD}.namespace`]: null }).workload).toEqual({ type: 'pods', name: 'cart-5f7d' });
  });
});

describe('threatFromEvent on an attack sequence', () => {
  it('takes the place from the resources that took part', () => {
    expect(sequence()).toMatchObject({
      type: 'AttackSequence:ECS/CompromisedCluster',
      resourceType: 'AttackSequence',
      severity: 9,
      cluster: { kind: 'ecs', name: 'shop', arn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop' },
      task: {
        arn: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/30c0ffee30c0ffee30c0ffee30c0ffee',
        definitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:7',
        launchType: 'EC2',
      },
      containers: [{ name: 'checkout', image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:2026.3.1' }],
      instanceId: 'i-0a1b2c3d4e5f60718',
      firstObservedAt: '2026-03-02T10:00:00.000Z',
      lastObservedAt: '2026-03-02T12:00:00.000Z',
      updatedAt: '2026-03-02T12:01:00.721Z',
    });
  });

  it('names no task when several took part', () => {
    const second = { uid: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/2', resourceType: 'ECS_TASK' };
    expect(sequence({ [`${RESOURCES}.3`]: second })).not.toHaveProperty('task');
  });

  it('has the tags of the task, the cluster and the instance that took part, and of no other', () => {
    const tagsOf = (place: string, ...keys: readonly string[]) => keys.map((key) => ({ key, value: place }));
    const found = sequence({
      [`${RESOURCES}.0.tags`]: tagsOf('cluster', 'a', 'b'),
      [`${RESOURCES}.1.tags`]: tagsOf('task', 'a'),
      [`${RESOURCES}.2.tags`]: tagsOf('container', 'd'),
      [`${RESOURCES}.3.tags`]: tagsOf('instance', 'b', 'c'),
    });
    expect(found.resourceTags).toEqual({ a: 'task', b: 'cluster', c: 'instance' });
  });

  it('has no tags of a task when several took part', () => {
    const [one, other] = ['1', '2'].map((id) => ({
      uid: `arn:aws:ecs:eu-west-1:111122223333:task/shop/${id}`,
      resourceType: 'ECS_TASK',
      tags: [{ key: 'team', value: id }],
    }));
    expect(sequence({ [RESOURCES]: [one, other] }).resourceTags).toEqual({});
  });

  it('takes cluster and workload of a sequence in EKS', () => {
    const found = sequence({
      'detail.type': 'AttackSequence:EKS/CompromisedCluster',
      [RESOURCES]: [
        { uid: 'arn:aws:eks:eu-west-1:111122223333:cluster/platform', name: 'platform', resourceType: 'EKS_CLUSTER' },
        {
          uid: 'w1',
          name: 'cart',
          resourceType: 'KUBERNETES_WORKLOAD',
          data: { kubernetesWorkload: { type: 'DEPLOYMENTS', namespace: 'shop', containerUids: [] } },
        },
      ],
    });
    expect(found).toMatchObject({
      cluster: { kind: 'eks', name: 'platform' },
      workload: { type: 'DEPLOYMENTS', name: 'cart', namespace: 'shop' },
      containers: [],
    });
  });

  it.each([
    ['no resources', { [RESOURCES]: null }],
    ['no resource that it could be', { [RESOURCES]: [{ uid: 'x', resourceType: 'S3_BUCKET', data: {} }] }],
    ['no detection', { 'detail.service.detection': null }],
    ['no service', { 'detail.service': null }],
  ])('takes a sequence with %s', (_what, changes) => {
    const found = sequence(changes as Changes);
    expect(found.containers).toEqual([]);
    expect(found).not.toHaveProperty('cluster');
  });
});
