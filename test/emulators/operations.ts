/** Every operation that an adapter calls, as a call that asks for nothing in particular: is it there at all? */
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as ecr from '@aws-sdk/client-ecr';
import * as ecs from '@aws-sdk/client-ecs';
import * as inspector2 from '@aws-sdk/client-inspector2';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as securityHub from '@aws-sdk/client-securityhub';
import * as sqs from '@aws-sdk/client-sqs';
import * as document from '@aws-sdk/lib-dynamodb';
import { ACCOUNT, type AwsEndpoint } from '../support/aws-subjects/aws-endpoint.ts';

interface Operation {
  /** The module with the errors that the service may answer with. */
  readonly service: object;
  readonly call: (aws: AwsEndpoint) => Promise<unknown>;
}

const TableName = 'nothing';
const Key = { pk: 'a', sk: 'b' };
const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/nothing`;
const digest = `sha256:${'a'.repeat(64)}`;
const repositoryName = 'nothing';
const object = { Bucket: 'nothing', Key: 'a' };
const FindingIdentifiers = [{ Id: 'nothing', ProductArn: 'arn:aws:securityhub:eu-west-1::product/a/b' }];
const image = `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/nothing/${digest}`;

const tables = (aws: AwsEndpoint) => document.DynamoDBDocumentClient.from(new dynamoDb.DynamoDBClient(aws));
const queues = (aws: AwsEndpoint) => new sqs.SQSClient({ ...aws, useQueueUrlAsEndpoint: false });
const hub = (aws: AwsEndpoint) => new securityHub.SecurityHubClient(aws);
const images = (aws: AwsEndpoint) => new ecr.ECRClient(aws);
const objects = (aws: AwsEndpoint) => new s3.S3Client({ ...aws, forcePathStyle: true });
const tasks = (aws: AwsEndpoint) => new ecs.ECSClient(aws);

/** The key is the service and the command, as the adapters write it. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'DynamoDB Get': {
    service: dynamoDb,
    call: (aws) => tables(aws).send(new document.GetCommand({ TableName, Key })),
  },
  'DynamoDB Put': {
    service: dynamoDb,
    call: (aws) => tables(aws).send(new document.PutCommand({ TableName, Item: Key })),
  },
  'DynamoDB Update': {
    service: dynamoDb,
    call: (aws) => tables(aws).send(new document.UpdateCommand({ TableName, Key })),
  },
  'DynamoDB Query': {
    service: dynamoDb,
    call: (aws) =>
      tables(aws).send(
        new document.QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :a',
          ExpressionAttributeValues: { ':a': 'a' },
        }),
      ),
  },
  'DynamoDB ListTables': {
    service: dynamoDb,
    call: (aws) => new dynamoDb.DynamoDBClient(aws).send(new dynamoDb.ListTablesCommand({})),
  },
  'SQS SendMessage': {
    service: sqs,
    call: (aws) => queues(aws).send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'a' })),
  },
  'SQS SendMessageBatch': {
    service: sqs,
    call: (aws) =>
      queues(aws).send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'a' }] })),
  },
  'SQS ChangeMessageVisibility': {
    service: sqs,
    call: (aws) =>
      queues(aws).send(
        new sqs.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: 'nothing', VisibilityTimeout: 0 }),
      ),
  },
  'S3 PutObject': {
    service: s3,
    call: (aws) => objects(aws).send(new s3.PutObjectCommand({ ...object, Body: 'a' })),
  },
  'S3 GetObject': { service: s3, call: (aws) => objects(aws).send(new s3.GetObjectCommand(object)) },
  'S3 HeadObject': { service: s3, call: (aws) => objects(aws).send(new s3.HeadObjectCommand(object)) },
  'Secrets Manager GetSecretValue': {
    service: secretsManager,
    call: (aws) =>
      new secretsManager.SecretsManagerClient(aws).send(
        new secretsManager.GetSecretValueCommand({ SecretId: 'nothing' }),
      ),
  },
  'ECR ListTagsForResource': {
    service: ecr,
    call: (aws) =>
      images(aws).send(
        new ecr.ListTagsForResourceCommand({
          resourceArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/${repositoryName}`,
        }),
      ),
  },
  'ECR BatchGetImage': {
    service: ecr,
    call: (aws) =>
      images(aws).send(new ecr.BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] })),
  },
  'ECR GetDownloadUrlForLayer': {
    service: ecr,
    call: (aws) => images(aws).send(new ecr.GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: digest })),
  },
  'ECR DescribeRepositories': {
    service: ecr,
    call: (aws) => images(aws).send(new ecr.DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })),
  },
  'ECR ListImageReferrers': {
    service: ecr,
    call: (aws) =>
      images(aws).send(new ecr.ListImageReferrersCommand({ repositoryName, subjectId: { imageDigest: digest } })),
  },
  'ECR GetAuthorizationToken': {
    service: ecr,
    call: (aws) => images(aws).send(new ecr.GetAuthorizationTokenCommand({})),
  },
  'ECS ListClusters': { service: ecs, call: (aws) => tasks(aws).send(new ecs.ListClustersCommand({})) },
  'ECS ListTasks': {
    service: ecs,
    call: (aws) => tasks(aws).send(new ecs.ListTasksCommand({ cluster: 'nothing' })),
  },
  'ECS DescribeTasks': {
    service: ecs,
    call: (aws) => tasks(aws).send(new ecs.DescribeTasksCommand({ cluster: 'nothing', tasks: ['nothing'] })),
  },
  'Inspector GetClustersForImage': {
    service: inspector2,
    call: (aws) =>
      new inspector2.Inspector2Client(aws).send(
        new inspector2.GetClustersForImageCommand({ filter: { resourceId: image } }),
      ),
  },
  'Inspector BatchGetFindingDetails': {
    service: inspector2,
    call: (aws) =>
      new inspector2.Inspector2Client(aws).send(
        new inspector2.BatchGetFindingDetailsCommand({
          findingArns: [`arn:aws:inspector2:eu-west-1:${ACCOUNT}:finding/${'a'.repeat(32)}`],
        }),
      ),
  },
  'Security Hub GetFindings': {
    service: securityHub,
    call: (aws) => hub(aws).send(new securityHub.GetFindingsCommand({})),
  },
  'Security Hub BatchImportFindings': {
    service: securityHub,
    call: (aws) => hub(aws).send(new securityHub.BatchImportFindingsCommand({ Findings: [] })),
  },
  // The customer's own, whose work an import must leave alone.
  'Security Hub BatchUpdateFindings': {
    service: securityHub,
    call: (aws) => hub(aws).send(new securityHub.BatchUpdateFindingsCommand({ FindingIdentifiers })),
  },
};

/** `there`, or the HTTP status of an answer that the operation itself never gives. */
export const answerOf = async ({ service, call }: Operation, aws: AwsEndpoint): Promise<'there' | number> => {
  try {
    await call(aws);
    return 'there';
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    if (thrown.name in service) return 'there';
    const response = '$response' in thrown ? thrown.$response : undefined;
    if (typeof response === 'object' && response !== null && 'statusCode' in response)
      return Number(response.statusCode);
    throw thrown;
  }
};
