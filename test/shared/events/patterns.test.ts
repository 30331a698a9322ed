import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../local/event-bus/pattern.ts';
import { imagePushedPattern } from '../../../shared/events/ecr.ts';
import { guardDutyPattern } from '../../../shared/events/guardduty.ts';
import { inspectorFindingPattern } from '../../../shared/events/inspector.ts';
import { baseEvent } from './base-event.ts';

const RESOURCE_TYPE = 'detail.resource.resourceType';

describe.each([
  [
    'ecr-image-push',
    imagePushedPattern,
    [
      ['a push', {}, true],
      ['a push by digest', { 'detail.image-tag': '' }, true],
      ['a deletion', { 'detail.action-type': 'DELETE' }, false],
      ['an archived image', { 'detail.action-type': 'UPDATE_STORAGE_CLASS' }, false],
      ['a push that failed', { 'detail.result': 'FAILURE' }, false],
      ['a signature or another referrer', { 'detail-type': 'ECR Referrer Action' }, true],
      ['a scan', { 'detail-type': 'ECR Image Scan' }, false],
      ['a custom event', { source: 'my.ecr' }, false],
    ],
  ],
  [
    'inspector-finding',
    inspectorFindingPattern,
    [
      ['a package of an ECR image', {}, true],
      ['one that was closed', { 'detail.status': 'CLOSED' }, true],
      ['a package of an instance', { 'detail.resources.0.type': 'AWS_EC2_INSTANCE' }, false],
      [
        'an image of Azure',
        { 'detail.resources.0.type': 'Microsoft.ContainerRegistry/registry/containerImage' },
        false,
      ],
      ['an open port', { 'detail.type': 'NETWORK_REACHABILITY' }, false],
      ['the end of a scan', { 'detail-type': 'Inspector2 Scan' }, false],
    ],
  ],
  [
    'guardduty-ecs-fargate',
    guardDutyPattern,
    [
      ['a task', {}, true],
      ['a pod', { [RESOURCE_TYPE]: 'EKSCluster' }, true],
      ['a container on a host of its own', { [RESOURCE_TYPE]: 'Container' }, true],
      ['one that a person has archived', { 'detail.service.archived': true }, true],
      ['an instance', { [RESOURCE_TYPE]: 'Instance' }, false],
      ['an access key', { [RESOURCE_TYPE]: 'AccessKey' }, false],
      ['a bucket', { [RESOURCE_TYPE]: 'S3Bucket' }, false],
      ['nothing it could be of', { [RESOURCE_TYPE]: null }, false],
    ],
  ],
  [
    'guardduty-attack-sequence-ecs',
    guardDutyPattern,
    [
      ['an attack on an ECS cluster', {}, true],
      ['an attack on an EKS cluster', { 'detail.type': 'AttackSequence:EKS/CompromisedCluster' }, true],
      ['an attack without a resource type', { 'detail.resource': {} }, true],
      ['an attack on an identity', { 'detail.type': 'AttackSequence:IAM/CompromisedCredentials' }, false],
      ['an attack on a bucket', { 'detail.type': 'AttackSequence:S3/CompromisedData' }, false],
      ['an attack on instances', { 'detail.type': 'AttackSequence:EC2/CompromisedInstanceGroup' }, false],
    ],
  ],
] as const)('the subscription to %s', (name, pattern, rows) => {
  it.each<readonly [string, object, boolean]>(rows)('answers for %s', (_what, changes, expected) => {
    const event: unknown = JSON.parse(baseEvent(name, { ...changes }));
    expect(compilePattern(pattern)(event)).toBe(expected);
  });

  it('is not longer than EventBridge takes', () => {
    expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(2048);
  });
});
