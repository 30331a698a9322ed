/** Findings of the checks that are right in general and wrong here, each with the reason why. */
import { Stack, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

const REASONS = {
  'Serverless::Serverless-LambdaDLQ':
    'The function is called by its queue only; what fails goes to the dead-letter queue of that queue.',
  'Serverless::Serverless-LambdaEventSourceMappingDestination':
    'SQS redrives failed records to the dead-letter queue with their original body; a second destination would hold them twice.',
  'Serverless::Serverless-LambdaTracing':
    'Each record is followed by its structured log; traces would double the cold start and need a wildcard permission.',
  'Serverless::Serverless-LambdaStarPermissions':
    'The list calls of ECS and GetClustersForImage of Inspector take no narrower resource.',
  'Serverless::Serverless-SQSRedrivePolicy': 'It is itself the dead-letter queue.',
  'AwsSolutions::AwsSolutions-SQS3': 'It is itself the dead-letter queue, of the rules’ targets.',
  'AwsSolutions::AwsSolutions-SMG4': 'The value is the URL of a webhook, which its owner makes and changes in Slack.',
  'AwsSolutions::AwsSolutions-IAM5[Resource::*]':
    'The list calls of ECS and GetClustersForImage of Inspector take no narrower resource.',
  'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ecr:*:*:repository/*]':
    'Findings name repositories that nobody can list before, also of member accounts; the calls only read.',
} as const;

export const acknowledge = (scope: IConstruct, ...ids: readonly (keyof typeof REASONS)[]): void => {
  for (const id of ids) Validations.of(scope).acknowledge({ id, reason: REASONS[id] });
};

/** Its id holds the account and the Region where those are known when the app is synthesised. */
export const acknowledgeAnyTask = (scope: IConstruct): void => {
  const { account, region } = Stack.of(scope);
  const place = `${Token.isUnresolved(region) ? '<AWS::Region>' : region}:${Token.isUnresolved(account) ? '<AWS::AccountId>' : account}`;
  Validations.of(scope).acknowledge({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ecs:${place}:task/*]`,
    reason: 'Tasks come and go: a finding names one that nobody can list before.',
  });
};
