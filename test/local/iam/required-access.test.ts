import { describe, expect, it } from 'vitest';
import { requiredAccess } from '../../../local/iam/required-access.ts';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:gate/slack-1a2b3c';
const PLACE = { account: '111122223333', region: 'eu-west-1', secrets: [{ arn: SECRET }] };

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:work';
const DEAD = 'arn:aws:sqs:eu-west-1:111122223333:work-dlq';
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/state';
const REPOSITORY = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app';
const CLUSTER = 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod';
const TASK = 'arn:aws:ecs:eu-west-1:111122223333:task/prod/0123';
const PRODUCT = 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default';
const HUB = 'arn:aws:securityhub:eu-west-1:111122223333:hub/default';

const atQueue = { QueueUrl: 'http://127.0.0.1:4566/111122223333/work' };
const imported = (ProductArn: string, AwsAccountId = '111122223333') => ({ ProductArn, AwsAccountId });

/** Written `action resource`. */
const needs = (service: string, operation: string, input: object | undefined): readonly string[] =>
  requiredAccess({ service, operation, input }, PLACE).map(({ action, resource }) => `${action} ${resource}`);

describe('a call needs', () => {
  it.each<[string, string, object, readonly string[]]>([
    ['sqs', 'SendMessage', { ...atQueue, MessageBody: 'a' }, [`sqs:SendMessage ${QUEUE}`]],
    ['sqs', 'SendMessageBatch', { ...atQueue, Entries: [] }, [`sqs:SendMessage ${QUEUE}`]],
    ['sqs', 'DeleteMessageBatch', { ...atQueue, Entries: [] }, [`sqs:DeleteMessage ${QUEUE}`]],
    ['sqs', 'ChangeMessageVisibilityBatch', { ...atQueue, Entries: [] }, [`sqs:ChangeMessageVisibility ${QUEUE}`]],
    ['sqs', 'ReceiveMessage', atQueue, [`sqs:ReceiveMessage ${QUEUE}`]],
    [
      'sqs',
      'GetQueueAttributes',
      { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/444455556666/theirs' },
      ['sqs:GetQueueAttributes arn:aws:sqs:eu-west-1:444455556666:theirs'],
    ],
    ['sqs', 'GetQueueUrl', { QueueName: 'work' }, [`sqs:GetQueueUrl ${QUEUE}`]],
    [
      'sqs',
      'GetQueueUrl',
      { QueueName: 'work', QueueOwnerAWSAccountId: '444455556666' },
      ['sqs:GetQueueUrl arn:aws:sqs:eu-west-1:444455556666:work'],
    ],
    ['sqs', 'ListQueues', {}, ['sqs:ListQueues *']],
    ['sqs', 'ListMessageMoveTasks', { SourceArn: DEAD }, [`sqs:ListMessageMoveTasks ${DEAD}`]],
    [
      'sqs',
      'StartMessageMoveTask',
      { SourceArn: DEAD, DestinationArn: QUEUE },
      [
        `sqs:StartMessageMoveTask ${DEAD}`,
        `sqs:ReceiveMessage ${DEAD}`,
        `sqs:DeleteMessage ${DEAD}`,
        `sqs:GetQueueAttributes ${DEAD}`,
        `sqs:SendMessage ${QUEUE}`,
      ],
    ],
    ['dynamodb', 'GetItem', { TableName: 'state', Key: {} }, [`dynamodb:GetItem ${TABLE}`]],
    ['dynamodb', 'PutItem', { TableName: TABLE, Item: {} }, [`dynamodb:PutItem ${TABLE}`]],
    ['dynamodb', 'UpdateItem', { TableName: 'state', Key: {} }, [`dynamodb:UpdateItem ${TABLE}`]],
    ['dynamodb', 'Query', { TableName: 'state' }, [`dynamodb:Query ${TABLE}`]],
    ['dynamodb', 'Query', { TableName: 'state', IndexName: 'by-due' }, [`dynamodb:Query ${TABLE}/index/by-due`]],
    ['dynamodb', 'Scan', { TableName: TABLE, IndexName: 'by-due' }, [`dynamodb:Scan ${TABLE}/index/by-due`]],
    [
      'dynamodb',
      'BatchGetItem',
      { RequestItems: { state: { Keys: [] }, [`${TABLE}-2`]: { Keys: [] } } },
      [`dynamodb:BatchGetItem ${TABLE}`, `dynamodb:BatchGetItem ${TABLE}-2`],
    ],
    ['dynamodb', 'BatchWriteItem', { RequestItems: { state: [] } }, [`dynamodb:BatchWriteItem ${TABLE}`]],
    [
      'dynamodb',
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'state' } },
          { Put: { TableName: 'state' } },
          { ConditionCheck: { TableName: 'state' } },
        ],
      },
      [`dynamodb:PutItem ${TABLE}`, `dynamodb:ConditionCheckItem ${TABLE}`],
    ],
    [
      'dynamodb',
      'TransactGetItems',
      { TransactItems: [{ Get: { TableName: 'state' } }] },
      [`dynamodb:GetItem ${TABLE}`],
    ],
    ['dynamodb', 'ListTables', {}, ['dynamodb:ListTables *']],
    ['ecr', 'BatchGetImage', { repositoryName: 'team/app', imageIds: [] }, [`ecr:BatchGetImage ${REPOSITORY}`]],
    [
      'ecr',
      'GetDownloadUrlForLayer',
      { registryId: '444455556666', repositoryName: 'app' },
      ['ecr:GetDownloadUrlForLayer arn:aws:ecr:eu-west-1:444455556666:repository/app'],
    ],
    [
      'ecr',
      'DescribeRepositories',
      { repositoryNames: ['team/app', 'b'] },
      [
        `ecr:DescribeRepositories ${REPOSITORY}`,
        'ecr:DescribeRepositories arn:aws:ecr:eu-west-1:111122223333:repository/b',
      ],
    ],
    ['ecr', 'DescribeRepositories', {}, ['ecr:DescribeRepositories arn:aws:ecr:eu-west-1:111122223333:repository/*']],
    ...['ListTagsForResource', 'TagResource', 'UntagResource'].map((operation): [string, string, object, string[]] => [
      'ecr',
      operation,
      { resourceArn: REPOSITORY },
      [`ecr:${operation} ${REPOSITORY}`],
    ]),
    ['ecr', 'CreateRepository', { repositoryName: 'team/app', tags: [] }, [`ecr:CreateRepository ${REPOSITORY}`]],
    [
      'ecr',
      'CreateRepository',
      { repositoryName: 'team/app', tags: [{ Key: 'team', Value: 'shop' }] },
      [`ecr:CreateRepository ${REPOSITORY}`, `ecr:TagResource ${REPOSITORY}`],
    ],
    [
      'ecr',
      'ListImageReferrers',
      { repositoryName: 'team/app', subjectId: {} },
      [`ecr:ListImageReferrers ${REPOSITORY}`],
    ],
    ['ecr', 'GetAuthorizationToken', {}, ['ecr:GetAuthorizationToken *']],
    ['ecr', 'DescribeRegistry', {}, ['ecr:DescribeRegistry *']],
    [
      'ecs',
      'DescribeTasks',
      { cluster: CLUSTER, tasks: [TASK, '4567'] },
      [`ecs:DescribeTasks ${TASK}`, 'ecs:DescribeTasks arn:aws:ecs:eu-west-1:111122223333:task/prod/4567'],
    ],
    [
      'ecs',
      'DescribeTasks',
      { tasks: ['0123'] },
      ['ecs:DescribeTasks arn:aws:ecs:eu-west-1:111122223333:task/default/0123'],
    ],
    ['ecs', 'TagResource', { resourceArn: TASK, tags: [] }, [`ecs:TagResource ${TASK}`]],
    ['ecs', 'ListTagsForResource', { resourceArn: TASK }, [`ecs:ListTagsForResource ${TASK}`]],
    ['ecs', 'ListTasks', { cluster: 'prod' }, ['ecs:ListTasks *']],
    [
      'ecs',
      'ListTasks',
      { cluster: 'prod', containerInstance: '89ab' },
      ['ecs:ListTasks arn:aws:ecs:eu-west-1:111122223333:container-instance/prod/89ab'],
    ],
    ['ecs', 'ListClusters', {}, ['ecs:ListClusters *']],
    ['ecs', 'DescribeClusters', { clusters: ['prod'] }, [`ecs:DescribeClusters ${CLUSTER}`]],
    ['ecs', 'DescribeClusters', {}, ['ecs:DescribeClusters arn:aws:ecs:eu-west-1:111122223333:cluster/default']],
    ['ecs', 'DescribeTaskDefinition', { taskDefinition: 'app:1' }, ['ecs:DescribeTaskDefinition *']],
    [
      'ecs',
      'DescribeContainerInstances',
      { cluster: 'prod', containerInstances: ['89ab'] },
      ['ecs:DescribeContainerInstances arn:aws:ecs:eu-west-1:111122223333:container-instance/prod/89ab'],
    ],
    [
      'ecs',
      'DescribeServices',
      { cluster: 'prod', services: ['web'] },
      ['ecs:DescribeServices arn:aws:ecs:eu-west-1:111122223333:service/prod/web'],
    ],
    ['ecs', 'ListServices', { cluster: 'prod' }, ['ecs:ListServices *']],
    ['ecs', 'ListContainerInstances', { cluster: 'prod' }, [`ecs:ListContainerInstances ${CLUSTER}`]],
    ['inspector2', 'GetClustersForImage', { filter: {} }, ['inspector2:GetClustersForImage *']],
    ['inspector2', 'ListFindings', {}, ['inspector2:ListFindings *']],
    ['inspector2', 'ListCoverage', {}, ['inspector2:ListCoverage *']],
    ['inspector2', 'BatchGetFindingDetails', {}, ['inspector2:BatchGetFindingDetails *']],
    [
      'securityhub',
      'BatchImportFindings',
      { Findings: [imported(PRODUCT), imported(PRODUCT), imported(`${PRODUCT}-2`)] },
      [`securityhub:BatchImportFindings ${PRODUCT}`, `securityhub:BatchImportFindings ${PRODUCT}-2`],
    ],
    ['securityhub', 'BatchUpdateFindings', { FindingIdentifiers: [] }, [`securityhub:BatchUpdateFindings ${HUB}`]],
    ['securityhub', 'GetFindings', {}, [`securityhub:GetFindings ${HUB}`]],
    ['securityhub', 'ListEnabledProductsForImport', {}, [`securityhub:ListEnabledProductsForImport ${HUB}`]],
    ['secretsmanager', 'GetSecretValue', { SecretId: SECRET }, [`secretsmanager:GetSecretValue ${SECRET}`]],
    ['secretsmanager', 'GetSecretValue', { SecretId: 'gate/slack' }, [`secretsmanager:GetSecretValue ${SECRET}`]],
    [
      'secretsmanager',
      'GetSecretValue',
      { SecretId: SECRET.slice(0, -7) },
      [`secretsmanager:GetSecretValue ${SECRET}`],
    ],
    [
      'secretsmanager',
      'DescribeSecret',
      { SecretId: 'not/here' },
      ['secretsmanager:DescribeSecret arn:aws:secretsmanager:eu-west-1:111122223333:secret:not/here-??????'],
    ],
    ['secretsmanager', 'ListSecrets', {}, ['secretsmanager:ListSecrets *']],
    [
      'events',
      'PutEvents',
      { Entries: [{ Source: 'a' }, { EventBusName: 'own' }, { EventBusName: 'default' }] },
      [
        'events:PutEvents arn:aws:events:eu-west-1:111122223333:event-bus/default',
        'events:PutEvents arn:aws:events:eu-west-1:111122223333:event-bus/own',
      ],
    ],
    ['s3', 'PutObject', { Bucket: 'reports', Key: 'a/b' }, ['s3:PutObject arn:aws:s3:::reports/a/b']],
    ['s3', 'GetObject', { Bucket: 'reports', Key: 'a/b' }, ['s3:GetObject arn:aws:s3:::reports/a/b']],
    ['s3', 'HeadObject', { Bucket: 'reports', Key: 'a/b' }, ['s3:GetObject arn:aws:s3:::reports/a/b']],
    ['s3', 'DeleteObject', { Bucket: 'reports', Key: 'a/b' }, ['s3:DeleteObject arn:aws:s3:::reports/a/b']],
    ['s3', 'HeadBucket', { Bucket: 'reports' }, ['s3:ListBucket arn:aws:s3:::reports']],
    ['s3', 'ListObjects', { Bucket: 'reports' }, ['s3:ListBucket arn:aws:s3:::reports']],
    ['s3', 'ListObjectsV2', { Bucket: 'reports', Prefix: 'a/' }, ['s3:ListBucket arn:aws:s3:::reports']],
    ['s3', 'CreateBucket', { Bucket: 'reports' }, ['s3:CreateBucket arn:aws:s3:::reports']],
    ['s3', 'DeleteBucket', { Bucket: 'reports' }, ['s3:DeleteBucket arn:aws:s3:::reports']],
    ['s3', 'ListBuckets', {}, ['s3:ListAllMyBuckets *']],
    ['s3', 'GetBucketAcl', {}, ['s3:GetBucketAcl *']],
    ['sts', 'GetCallerIdentity', {}, []],
    ['sts', 'AssumeRole', { RoleArn: 'x' }, ['sts:AssumeRole *']],
    ['iam', 'PutRolePolicy', { RoleName: 'worker' }, ['iam:PutRolePolicy *']],
    ['ecr', 'constructor', {}, ['ecr:constructor *']],
  ])('%s %s %j', (service, operation, input, expected) => {
    expect(needs(service, operation, input)).toEqual(expected);
  });

  it.each([
    ['sqs', 'SendMessage', {}, 'sqs:SendMessage *'],
    ['sqs', 'SendMessage', { QueueUrl: 'work' }, 'sqs:SendMessage *'],
    ['sqs', 'SendMessage', undefined, 'sqs:SendMessage *'],
    ['dynamodb', 'GetItem', { TableName: 7 }, 'dynamodb:GetItem *'],
    ['secretsmanager', 'GetSecretValue', {}, 'secretsmanager:GetSecretValue *'],
    ['securityhub', 'BatchImportFindings', { Findings: [{}] }, 'securityhub:BatchImportFindings *'],
    ['securityhub', 'BatchImportFindings', { Findings: [] }, 'securityhub:BatchImportFindings *'],
    ['ecs', 'DescribeTasks', {}, 'ecs:DescribeTasks *'],
    ['ecs', 'StopTask', {}, 'ecs:StopTask *'],
    ['ecs', 'DescribeServices', { services: [] }, 'ecs:DescribeServices *'],
    ['dynamodb', 'BatchWriteItem', { RequestItems: {} }, 'dynamodb:BatchWriteItem *'],
    ['dynamodb', 'BatchGetItem', undefined, 'dynamodb:BatchGetItem *'],
    ['dynamodb', 'TransactGetItems', {}, 'dynamodb:TransactGetItems *'],
    ['dynamodb', 'TransactWriteItems', { TransactItems: [] }, 'dynamodb:TransactWriteItems *'],
    ['events', 'PutEvents', { Entries: [] }, 'events:PutEvents *'],
  ])('a right to everything where it names nothing: %s %s %j', (service, operation, input, expected) => {
    expect(needs(service, operation, input)).toEqual([expected]);
  });
});

describe('in another Region, a name is that of something there', () => {
  it.each<[string, string, object, string]>([
    ['ecr', 'BatchGetImage', { repositoryName: 'team/app' }, 'arn:aws:ecr:us-east-1:111122223333:repository/team/app'],
    ['dynamodb', 'GetItem', { TableName: 'state' }, 'arn:aws:dynamodb:us-east-1:111122223333:table/state'],
    [
      'secretsmanager',
      'GetSecretValue',
      { SecretId: 'gate/slack' },
      'arn:aws:secretsmanager:us-east-1:111122223333:secret:gate/slack-??????',
    ],
    ['secretsmanager', 'GetSecretValue', { SecretId: SECRET.slice(0, -7) }, SECRET],
  ])('%s %s %j', (service, operation, input, resource) => {
    const needed = requiredAccess({ service, operation, input }, { ...PLACE, region: 'us-east-1' });
    expect(needed).toEqual([{ action: `${service}:${operation}`, resource }]);
  });
});

describe('a condition may ask', () => {
  const contexts = (service: string, operation: string, input: object) =>
    requiredAccess({ service, operation, input }, PLACE).map(({ context }) => context);

  it('for the cluster of tasks, by its ARN', () => {
    expect(contexts('ecs', 'DescribeTasks', { cluster: 'prod', tasks: [TASK] })).toEqual([
      { 'ecs:cluster': [CLUSTER] },
    ]);
    expect(contexts('ecs', 'ListTasks', { cluster: CLUSTER })).toEqual([{ 'ecs:cluster': [CLUSTER] }]);
  });

  it('for the prefix and the delimiter of a list of keys', () => {
    expect(contexts('s3', 'ListObjectsV2', { Bucket: 'reports', Prefix: 'a/', Delimiter: '/' })).toEqual([
      { 's3:prefix': ['a/'], 's3:delimiter': ['/'] },
    ]);
    expect(contexts('s3', 'ListObjectsV2', { Bucket: 'reports' })).toEqual([{}]);
  });

  it('for the account of each imported finding', () => {
    expect(
      contexts('securityhub', 'BatchImportFindings', {
        Findings: [imported(PRODUCT), imported(PRODUCT, '444455556666')],
      }),
    ).toEqual([{ 'securityhub:TargetAccount': ['111122223333'] }, { 'securityhub:TargetAccount': ['444455556666'] }]);
  });

  it('for the fields that an update of findings sets, and their values', () => {
    const input = {
      FindingIdentifiers: [{ Id: 'a', ProductArn: PRODUCT }],
      Workflow: { Status: 'SUPPRESSED' },
      Types: ['TTPs', 'Effects'],
      Confidence: 90,
      UserDefinedFields: { 'sekisho/decision': 'act' },
      Note: undefined,
    };
    expect(contexts('securityhub', 'BatchUpdateFindings', input)).toEqual([
      {
        'securityhub:ASFFSyntaxPath/Workflow': ['SUPPRESSED'],
        'securityhub:ASFFSyntaxPath/Workflow.Status': ['SUPPRESSED'],
        'securityhub:ASFFSyntaxPath/Types': ['TTPs', 'Effects'],
        'securityhub:ASFFSyntaxPath/Confidence': ['90'],
        'securityhub:ASFFSyntaxPath/UserDefinedFields': ['act'],
        'securityhub:ASFFSyntaxPath/UserDefinedFields.sekisho/decision': ['act'],
      },
    ]);
  });
});
