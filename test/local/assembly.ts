/** A cloud assembly written by hand: a rule, its queue with dead letters, and a function whose code the test gives. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface WrittenAssembly {
  readonly directory: string;
  readonly remove: () => Promise<void>;
}

export const att = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** The queue's policy: the rule may send to it. */
export const letIn = (queue: string, rule: string) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: queue }],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: att(queue),
          Condition: { ArnEquals: { 'aws:SourceArn': att(rule) } },
        },
      ],
    },
  },
});

/** Visibility 60 s and two receives; events of the source `gate` go to the queue `work`. */
export const RESOURCES = {
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work-dlq' } },
  Work: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'work',
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: att('Dead'), maxReceiveCount: 2 },
    },
  },
  WorkPolicy: letIn('Work', 'OnArrival'),
  OnArrival: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'on-arrival',
      EventPattern: { source: ['gate'] },
      Targets: [{ Id: 'Target0', Arn: att('Work') }],
    },
  },
  State: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'state',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
  },
  Slack: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'gate/slack', SecretString: 'not configured' } },
  Plain: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'gate/plain', SecretString: 'as given' } },
  WorkerRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'worker',
      AssumeRolePolicyDocument: {},
      Policies: [
        {
          PolicyName: 'Function',
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
                Resource: att('Work'),
              },
              { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
              { Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: att('State') },
            ],
          },
        },
      ],
    },
  },
  Worker: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'worker',
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Code: { S3Bucket: 'assets', S3Key: 'worker.zip' },
      Role: att('WorkerRole'),
      Timeout: 5,
      MemorySize: 256,
      Environment: { Variables: { TABLE: { Ref: 'State' } } },
    },
  },
  WorkToWorker: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Worker' },
      EventSourceArn: att('Work'),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
} as const;

const MANIFEST = {
  version: '48.0.0',
  artifacts: {
    'Gate.assets': { type: 'cdk:asset-manifest', properties: { file: 'Gate.assets.json' } },
    Gate: {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'Gate.template.json', stackName: 'gate' },
    },
  },
};
const ASSETS = {
  version: '48.0.0',
  files: {
    worker: { source: { path: 'worker', packaging: 'zip' }, destinations: { here: { objectKey: 'worker.zip' } } },
  },
};

/** `code`: the function's module; `resources`: taken in place of, or beside, RESOURCES. */
export const writeAssembly = async (
  code: string,
  resources: Readonly<Record<string, object>> = {},
): Promise<WrittenAssembly> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'sekisho-assembly-'));
  const template = {
    Resources: { ...RESOURCES, ...resources },
    Outputs: { SlackWebhookSecretArn: { Value: { Ref: 'Slack' } } },
  };
  await mkdir(path.join(directory, 'worker'));
  await Promise.all([
    writeFile(path.join(directory, 'worker/index.mjs'), code),
    writeFile(path.join(directory, 'manifest.json'), JSON.stringify(MANIFEST)),
    writeFile(path.join(directory, 'Gate.assets.json'), JSON.stringify(ASSETS)),
    writeFile(path.join(directory, 'Gate.template.json'), JSON.stringify(template)),
  ]);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
};
