/** How each type of resource is named, by itself, in ARNs and where the template refers to it. */
import { createHash } from 'node:crypto';

export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

export type Part = 'name' | 'arn' | 'url';

export interface ResourceKind {
  /** The property that holds an explicit name. */
  readonly nameProperty: string;
  readonly maxNameLength: number;
  /** A name as the service writes it. */
  readonly spell?: (name: string) => string;
  readonly arn: (place: Place, name: string, property: (name: string) => unknown) => string;
  readonly ref: Part;
  readonly attributes: Readonly<Record<string, Part>>;
}

const regional =
  (service: string, resource: (name: string, property: (name: string) => unknown) => string): ResourceKind['arn'] =>
  ({ partition, region, account }, name, property) =>
    `arn:${partition}:${service}:${region}:${account}:${resource(name, property)}`;

export const digestOf = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

const iam =
  (type: string): ResourceKind['arn'] =>
  ({ partition, account }, name, property) =>
    `arn:${partition}:iam::${account}:${type}${property('Path') ?? '/'}${name}`;

/** A rule's ARN names its bus unless that is the default one; the property may hold the bus's name or ARN. */
const ruleInArn = (name: string, property: (name: string) => unknown): string => {
  const bus = String(property('EventBusName') ?? 'default')
    .split('/')
    .pop();
  return bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`;
};

const table: ResourceKind = {
  nameProperty: 'TableName',
  maxNameLength: 255,
  arn: regional('dynamodb', (name) => `table/${name}`),
  ref: 'name',
  attributes: { Arn: 'arn' },
};

export const RESOURCE_KINDS: Readonly<Record<string, ResourceKind>> = {
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    maxNameLength: 80,
    arn: regional('sqs', (name) => name),
    ref: 'url',
    attributes: { Arn: 'arn', QueueName: 'name', QueueUrl: 'url' },
  },
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    maxNameLength: 64,
    arn: regional('lambda', (name) => `function:${name}`),
    ref: 'name',
    attributes: { Arn: 'arn' },
  },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    maxNameLength: 64,
    arn: regional('events', ruleInArn),
    ref: 'name',
    attributes: { Arn: 'arn' },
  },
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    maxNameLength: 256,
    arn: regional('events', (name) => `event-bus/${name}`),
    ref: 'name',
    attributes: { Arn: 'arn', Name: 'name' },
  },
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    maxNameLength: 64,
    arn: regional('scheduler', (name, property) => `schedule/${property('GroupName') ?? 'default'}/${name}`),
    ref: 'name',
    attributes: { Arn: 'arn' },
  },
  'AWS::Scheduler::ScheduleGroup': {
    nameProperty: 'Name',
    maxNameLength: 64,
    arn: regional('scheduler', (name) => `schedule-group/${name}`),
    ref: 'name',
    attributes: { Arn: 'arn' },
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    maxNameLength: 512,
    // Secrets Manager ends the ARN with six characters of its own, and policies count on them.
    arn: regional('secretsmanager', (name) => `secret:${name}-${digestOf(name, 6)}`),
    ref: 'arn',
    attributes: { Id: 'arn' },
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    maxNameLength: 256,
    arn: regional('sns', (name) => name),
    ref: 'arn',
    attributes: { TopicArn: 'arn', TopicName: 'name' },
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    maxNameLength: 63,
    spell: (name) => name.toLowerCase(),
    arn: ({ partition }, name) => `arn:${partition}:s3:::${name}`,
    ref: 'name',
    attributes: { Arn: 'arn' },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    maxNameLength: 64,
    arn: iam('role'),
    ref: 'name',
    attributes: { Arn: 'arn' },
  },
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    maxNameLength: 128,
    arn: iam('policy'),
    ref: 'arn',
    attributes: { PolicyArn: 'arn' },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    maxNameLength: 512,
    arn: regional('logs', (name) => `log-group:${name}:*`),
    ref: 'name',
    attributes: { Arn: 'arn' },
  },
  'AWS::KMS::Key': {
    nameProperty: 'KeyId',
    maxNameLength: 256,
    arn: regional('kms', (name) => `key/${name}`),
    ref: 'name',
    attributes: { Arn: 'arn', KeyId: 'name' },
  },
};
