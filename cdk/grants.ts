/** What a function may do, each grant with the fewest actions and the narrowest resources that its calls need. */
import type { Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

export const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

export const grants = {
  writeLogs: (group: ILogGroup) => [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${group.logGroupArn}`])],
  consume: (queue: IQueue) =>
    allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      [queue.queueArn],
    ),
  send: (queue: IQueue) => allow(['sqs:SendMessage'], [queue.queueArn]),
  readItems: (table: TableV2) => allow(['dynamodb:GetItem'], [table.tableArn]),
  readWriteItems: (table: TableV2) => [allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn])],
  /** Any repository, in any Region and account whose repository policy lets us: findings name them, nobody lists them before. */
  readImages: (stack: Stack) =>
    allow(
      ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      [stack.formatArn({ service: 'ecr', region: '*', account: '*', resource: 'repository', resourceName: '*' })],
    ),
  /** The list calls take no resource; tasks come and go, so no narrower one can be named. */
  readWorkloads: () => [
    allow(['ecs:ListClusters', 'ecs:ListTasks', 'ecs:DescribeTasks', 'inspector2:GetClustersForImage'], ['*']),
  ],
  importFindings: (stack: Stack) =>
    allow(
      ['securityhub:BatchImportFindings'],
      [stack.formatArn({ service: 'securityhub', resource: 'product', resourceName: `${stack.account}/default` })],
    ),
} as const;
