/** Findings of the checks that are right in general and wrong here, each with the reason why. */
import { CfnElement, Stack, Token, Validations } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

const REASONS = {
  'Serverless::Serverless-LambdaDLQ':
    'The function is called by its queue only; what fails goes to the dead-letter queue of that queue.',
  'Serverless::Serverless-LambdaEventSourceMappingDestination':
    'SQS redrives failed records to the dead-letter queue with their original body; a second destination would hold them twice.',
  'Serverless::Serverless-LambdaTracing':
    'Each record is followed by its structured log; traces would double the cold start and need a wildcard permission.',
  'Serverless::Serverless-LambdaStarPermissions':
    'The list calls of ECS, and GetClustersForImage and BatchGetFindingDetails of Inspector, take no narrower resource.',
  'Serverless::Serverless-SQSRedrivePolicy': 'It is itself the dead-letter queue.',
  'AwsSolutions::AwsSolutions-SQS3': 'It is itself the dead-letter queue, of the rules’ targets.',
  'AwsSolutions::AwsSolutions-SMG4':
    'Webhooks are made and changed in Slack by their owner; with another fingerprint key every secret would look new.',
  'AwsSolutions::AwsSolutions-S1':
    'The bucket holds what can be made again from the registry, and only three functions may read it.',
  'AwsSolutions::AwsSolutions-IAM5[Resource::*]':
    'The list calls of ECS, and GetClustersForImage and BatchGetFindingDetails of Inspector, take no narrower resource.',
} as const;

export const acknowledge = (scope: IConstruct, ...ids: readonly (keyof typeof REASONS)[]): void => {
  for (const id of ids) Validations.of(scope).acknowledge({ id, reason: REASONS[id] });
};

/** Findings name repositories and tasks that nobody can list before. The ids hold what is known when the app is synthesised. */
export const acknowledgeAny = (scope: IConstruct, ...what: readonly ('repository' | 'task')[]): void => {
  const { partition, account, region } = Stack.of(scope);
  const text = (value: string, token: string): string => (Token.isUnresolved(value) ? `<AWS::${token}>` : value);
  const arns = {
    repository: `arn:${text(partition, 'Partition')}:ecr:*:*:repository/*`,
    task: `arn:${text(partition, 'Partition')}:ecs:${text(region, 'Region')}:${text(account, 'AccountId')}:task/*`,
  } as const;
  for (const one of what)
    Validations.of(scope).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arns[one]}]`,
      reason: `A finding names any ${one}, also of a member account; the calls only read.`,
    });
};

/** Objects are named by digests that nobody knows before. */
export const acknowledgeObjects = (scope: IConstruct, bucket: Bucket, ...folders: readonly string[]): void => {
  const { defaultChild } = bucket.node;
  if (!CfnElement.isCfnElement(defaultChild)) throw new TypeError('The bucket has no resource.');
  const arn = `<${Stack.of(scope).getLogicalId(defaultChild)}.Arn>`;
  for (const folder of folders)
    Validations.of(scope).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arn}/${folder}/*]`,
      reason: `The function works on what lies under ${folder}/, and each object there is named by a digest.`,
    });
};
