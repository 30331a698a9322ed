/** What GuardDuty would send about the sample task. */
import { createHash } from 'node:crypto';
import { envelope, type SampleTarget } from './sample-target.ts';

/** A reverse shell in the sample task; marked as a sample, as GuardDuty marks its own. */
export const guardDutyEvent = (target: SampleTarget): object => {
  const { account, region, repository, tag, now } = target;
  const time = now.toISOString();
  const detectorId = '12abc34d567e8fa901bc2d34e56789f0';
  const id = createHash('md5').update(target.taskArn).digest('hex');
  const container = {
    containerRuntime: 'containerd',
    id: 'checkout-runtime-id',
    name: 'checkout',
    image: `${account}.dkr.ecr.${region}.amazonaws.com/${repository}:${tag}`,
    securityContext: { privileged: false },
  };
  return envelope(target, 'aws.guardduty', 'GuardDuty Finding', [], {
    schemaVersion: '2.0',
    accountId: account,
    region,
    partition: 'aws',
    id,
    arn: `arn:aws:guardduty:${region}:${account}:detector/${detectorId}/finding/${id}`,
    type: 'Execution:Runtime/ReverseShell',
    severity: 8,
    createdAt: time,
    updatedAt: time,
    title: 'A process in the container checkout started a reverse shell.',
    description: 'A process in a container of the task connected its input and output to a remote address.',
    resource: {
      resourceType: 'ECSCluster',
      ecsClusterDetails: {
        name: target.clusterName,
        arn: target.clusterArn,
        status: 'ACTIVE',
        taskDetails: {
          arn: target.taskArn,
          definitionArn: target.taskDefinitionArn,
          version: '1',
          createdAt: now.getTime() / 1000,
          startedAt: now.getTime() / 1000,
          containers: [container],
          launchType: 'FARGATE',
        },
      },
      containerDetails: container,
    },
    service: {
      serviceName: 'guardduty',
      detectorId,
      featureName: 'RuntimeMonitoring',
      archived: false,
      count: 1,
      eventFirstSeen: time,
      eventLastSeen: time,
      additionalInfo: { sample: true, type: 'default', value: '{"sample":true}' },
      runtimeDetails: { process: { name: 'bash', executablePath: '/usr/bin/bash', pid: 31, user: 'root', euid: 0 } },
    },
  });
};
