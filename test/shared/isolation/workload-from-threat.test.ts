import { describe, expect, it } from 'vitest';
import { unknown } from '../../../shared/base/known.ts';
import type { Threat } from '../../../shared/finding/finding.ts';
import { findingKey } from '../../../shared/finding/finding-key.ts';
import { workloadFromThreat } from '../../../shared/isolation/workload-from-threat.ts';

const threat: Threat = {
  kind: 'threat',
  key: findingKey('guardduty', ['1']),
  source: 'guardduty',
  sourceId: 'arn:aws:guardduty:eu-west-1:111122223333:detector/d/finding/f',
  account: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
  status: 'active',
  type: 'Execution:Runtime/NewBinaryExecuted',
  title: 't',
  description: 'd',
  severity: 5,
  count: 1,
  sample: false,
  resourceType: 'ECSCluster',
  containers: [],
  resourceTags: { team: 'shop' },
  firstObservedAt: '2026-03-02T10:00:00.000Z',
  lastObservedAt: '2026-03-02T10:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
};
const ecs = { kind: 'ecs', name: 'shop', arn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop' } as const;
const eks = { kind: 'eks', name: 'platform', arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/platform' } as const;
const task = {
  arn: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/1',
  definitionArn: 'arn:td:7',
  launchType: 'FARGATE',
};
const pod = { type: 'pods', name: 'cart', namespace: 'shop' };

describe('workloadFromThreat', () => {
  it('takes the service of a task', () => {
    const workload = { type: 'service', name: 'checkout' };
    expect(workloadFromThreat({ ...threat, cluster: ecs, task, workload })).toEqual({
      orchestrator: 'ecs',
      runtime: 'ecs-fargate',
      launchType: 'FARGATE',
      clusterArn: ecs.arn,
      name: 'service:checkout',
      taskDefinitionArn: 'arn:td:7',
      running: 1,
      tags: unknown('the orchestrator could not be asked for them'),
    });
  });

  it('names a task without a group by its ARN', () => {
    expect(workloadFromThreat({ ...threat, cluster: ecs, task: { arn: task.arn } })).toEqual({
      orchestrator: 'ecs',
      runtime: 'unknown',
      clusterArn: ecs.arn,
      name: task.arn,
      running: 1,
      tags: unknown('the orchestrator could not be asked for them'),
    });
  });

  it.each<[string, Partial<Threat>, string]>([
    ['Runtime Monitoring saw it', {}, 'eks-node'],
    [
      'the finding names an instance',
      { type: 'Execution:Kubernetes/ExecInKubeSystemPod', instanceId: 'i-1' },
      'eks-node',
    ],
    [
      'it is privileged, which Fargate refuses',
      { type: 'PrivilegeEscalation:Kubernetes/PrivilegedContainer', containers: [{ privileged: true }] },
      'eks-node',
    ],
    ['only the audit log tells of it', { type: 'Execution:Kubernetes/ExecInKubeSystemPod' }, 'unknown'],
  ])('says where a pod runs when %s', (_why, changes, runtime) => {
    expect(workloadFromThreat({ ...threat, cluster: eks, workload: pod, ...changes })).toEqual({
      orchestrator: 'eks',
      runtime,
      clusterArn: eks.arn,
      name: 'shop/pods/cart',
      running: 1,
      tags: unknown('the orchestrator could not be asked for them'),
    });
  });

  it.each<[string, Partial<Threat>]>([
    ['no cluster', { task }],
    ['a cluster without its ARN', { cluster: { kind: 'ecs', name: 'shop' }, task }],
    ['an ECS cluster and no task', { cluster: ecs }],
    ['an EKS cluster and no pod', { cluster: eks }],
  ])('says nothing of a threat with %s', (_what, changes) => {
    expect(workloadFromThreat({ ...threat, ...changes })).toBeUndefined();
  });
});
