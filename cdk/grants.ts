/** What a function may do, each grant with the fewest actions and the narrowest resources that its calls need. */
import type { Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

export const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

export const grants = {
  writeLogs: (group: ILogGroup) => [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${group.logGroupArn}`])],
  send: (queue: IQueue) => allow(['sqs:SendMessage'], [queue.queueArn]),
  readItems: (table: TableV2) => allow(['dynamodb:GetItem'], [table.tableArn]),
  writeItems: (table: TableV2) => allow(['dynamodb:PutItem'], [table.tableArn]),
  /** Any repository, in any Region and account whose repository policy lets us: findings name them, nobody lists them before. */
  readImages: (stack: Stack) =>
    allow(
      ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      [stack.formatArn({ service: 'ecr', region: '*', account: '*', resource: 'repository', resourceName: '*' })],
    ),
  readLayers: (stack: Stack) =>
    allow(
      ['ecr:GetDownloadUrlForLayer'],
      [stack.formatArn({ service: 'ecr', region: '*', account: '*', resource: 'repository', resourceName: '*' })],
    ),
  /** What refers to an image, and whether its tags can be moved. */
  readRegistryFacts: (stack: Stack) =>
    allow(
      ['ecr:DescribeRepositories', 'ecr:ListImageReferrers'],
      [stack.formatArn({ service: 'ecr', region: '*', account: '*', resource: 'repository', resourceName: '*' })],
    ),
  /** Without the right to list, S3 answers that access is denied where there is no such object. */
  findObjects: (bucket: Bucket) => allow(['s3:ListBucket'], [bucket.bucketArn]),
  readLayerReports: (bucket: Bucket) => allow(['s3:GetObject'], [bucket.arnForObjects('layers/*')]),
  writeLayerReports: (bucket: Bucket) => allow(['s3:PutObject'], [bucket.arnForObjects('layers/*')]),
  writeComponents: (bucket: Bucket) => allow(['s3:PutObject'], [bucket.arnForObjects('images/*')]),
  /** Tags of the repositories that findings name. */
  readRepositoryTags: (stack: Stack) =>
    allow(
      ['ecr:ListTagsForResource'],
      [stack.formatArn({ service: 'ecr', region: '*', account: '*', resource: 'repository', resourceName: '*' })],
    ),
  /** These take no narrower resource. */
  askInspectorAndListWorkloads: () =>
    allow(
      ['ecs:ListClusters', 'ecs:ListTasks', 'inspector2:BatchGetFindingDetails', 'inspector2:GetClustersForImage'],
      ['*'],
    ),
  /** These take no narrower resource. */
  askWhatRuns: () => allow(['ecs:ListClusters', 'ecs:ListTasks', 'inspector2:GetClustersForImage'], ['*']),
  describeTasks: (stack: Stack) =>
    allow(['ecs:DescribeTasks'], [stack.formatArn({ service: 'ecs', resource: 'task', resourceName: '*' })]),
  importFindings: (stack: Stack) =>
    allow(
      ['securityhub:BatchImportFindings'],
      [stack.formatArn({ service: 'securityhub', resource: 'product', resourceName: `${stack.account}/default` })],
    ),
} as const;
