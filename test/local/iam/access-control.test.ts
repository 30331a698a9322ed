import { beforeEach, describe, expect, it, vi } from 'vitest';
import { accessKeyOf } from '../../../local/call-log.ts';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { type AccessControl, createAccessControl } from '../../../local/iam/access-control.ts';
import { statement } from './statements.ts';
import { ACCOUNT, BUCKET, OWN_DOCUMENT, QUEUE, REGION, ROLE, RULE, SECRET, TEMPLATE } from './template.ts';

type Template = typeof TEMPLATE;

const create = (given: Partial<Template> = {}): AccessControl =>
  createAccessControl({ template: { ...TEMPLATE, ...given }, account: ACCOUNT, region: REGION });

let access: AccessControl;
beforeEach(() => {
  access = create();
});

const QUEUE_URL = { QueueUrl: `http://127.0.0.1:4566/${ACCOUNT}/work` };
const WORKER = accessKeyOf('worker');
const call = (
  service: string,
  operation: string,
  input: object = {},
  { accessKeyId = WORKER, region = REGION } = {},
): AwsError | undefined => {
  try {
    access.authorize({ service, operation, accessKeyId, region, input });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof AwsError) return thrown;
    throw thrown;
  }
};

describe('a call of a function', () => {
  it.each<[string, string, string, object]>([
    ['an inline policy', 'sqs', 'SendMessageBatch', QUEUE_URL],
    ['another inline policy', 'secretsmanager', 'GetSecretValue', { SecretId: 'gate/slack' }],
    ['a managed policy of the template', 'ecs', 'ListClusters', {}],
    ['the policy of the queue', 'sqs', 'GetQueueAttributes', QUEUE_URL],
    ['nobody, where nothing is needed', 'sts', 'GetCallerIdentity', {}],
  ])('passes when it is allowed by %s', (_title, service, operation, input) => {
    expect(call(service, operation, input)).toBeUndefined();
    expect(access.denied()).toEqual([]);
  });

  const session = `arn:aws:sts::${ACCOUNT}:assumed-role/worker-role/worker`;
  it.each<[string, string, string, object, string, number | undefined, string]>([
    [
      'not allowed, in the code of the JSON services',
      'dynamodb',
      'GetItem',
      { TableName: 'state' },
      'AccessDeniedException',
      undefined,
      'dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/state because no identity-based policy allows the dynamodb:GetItem action',
    ],
    [
      'not allowed, in the code of SQS',
      'sqs',
      'DeleteMessage',
      QUEUE_URL,
      'AccessDenied',
      403,
      `sqs:DeleteMessage on resource: ${QUEUE} because no identity-based policy allows the sqs:DeleteMessage action`,
    ],
    [
      'not allowed on all resources',
      'inspector2',
      'GetClustersForImage',
      {},
      'AccessDeniedException',
      undefined,
      'inspector2:GetClustersForImage on resource: * because no identity-based policy allows the inspector2:GetClustersForImage action',
    ],
    [
      'denied by its role',
      'ecs',
      'StopTask',
      { task: '0123' },
      'AccessDeniedException',
      undefined,
      'ecs:StopTask on resource: arn:aws:ecs:eu-west-1:111122223333:task/default/0123 with an explicit deny in an identity-based policy',
    ],
    [
      'denied by the queue',
      'sqs',
      'PurgeQueue',
      QUEUE_URL,
      'AccessDenied',
      403,
      `sqs:PurgeQueue on resource: ${QUEUE} with an explicit deny in a resource-based policy`,
    ],
  ])('is refused when it is %s', (_title, service, operation, input, code, status, words) => {
    expect(call(service, operation, input)).toMatchObject({
      code,
      status,
      message: `User: ${session} is not authorized to perform: ${words}`,
    });
  });

  it('is refused when one of the things that it needs is not allowed', () => {
    const input = { RequestItems: { state: {}, other: {} } };
    access.putPolicy(
      'worker-role',
      'Table',
      JSON.stringify({
        Statement: { Effect: 'Allow', Action: 'dynamodb:*', Resource: 'arn:aws:dynamodb:*:*:table/state' },
      }),
    );
    expect(call('dynamodb', 'BatchGetItem', input)?.message).toContain(':table/other because');
  });

  it('passes whatever it is, when it is not a function that calls', () => {
    expect(call('dynamodb', 'DeleteTable', { TableName: 'state' }, { accessKeyId: 'AKIDUSER' })).toBeUndefined();
    expect(access.denied()).toEqual([]);
  });
});

describe('a call to a bucket', () => {
  const object = (Key: string) => ({ Bucket: 'reports', Key });
  beforeEach(() => {
    const statements = [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `${BUCKET}/*` },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: { StringLike: { 's3:prefix': 'layers/*' } },
      },
    ];
    access.putPolicy('worker-role', 'Reports', JSON.stringify({ Statement: statements }));
  });

  it.each<[string, string, object]>([
    ['over plain HTTP on this machine, which the bucket denies to others', 'GetObject', object('layers/a')],
    ['that asks for the head of an object, with the right to get it', 'HeadObject', object('layers/a')],
    ['that lists what it may list', 'ListObjectsV2', { Bucket: 'reports', Prefix: 'layers/v1' }],
  ])('%s passes', (_title, operation, input) => {
    expect(call('s3', operation, input)).toBeUndefined();
  });

  it.each<[string, string, object, string]>([
    [
      'that the bucket denies',
      'PutObject',
      object('sealed/a'),
      `s3:PutObject on resource: ${BUCKET}/sealed/a with an explicit deny in a resource-based policy`,
    ],
    [
      'that the role may not make',
      'DeleteObject',
      object('layers/a'),
      `s3:DeleteObject on resource: ${BUCKET}/layers/a because`,
    ],
    [
      'that lists what it may not list',
      'ListObjectsV2',
      { Bucket: 'reports' },
      `s3:ListBucket on resource: ${BUCKET} because`,
    ],
  ])('%s is refused', (_title, operation, input, words) => {
    const refused = call('s3', operation, input);
    expect(refused).toMatchObject({ code: 'AccessDenied', status: 403 });
    expect(refused?.message).toContain(words);
  });
});

describe('a call to another Region', () => {
  const allow = (statement: object): void =>
    access.putPolicy(
      'worker-role',
      'Images',
      JSON.stringify({ Statement: { Effect: 'Allow', Action: 'ecr:*', ...statement } }),
    );
  const image = (region: string) => call('ecr', 'BatchGetImage', { repositoryName: 'app' }, { region });

  it('needs a right to what is there', () => {
    allow({ Resource: `arn:aws:ecr:${REGION}:*:repository/*` });
    expect(image(REGION)).toBeUndefined();
    expect(image('us-east-1')?.message).toContain('arn:aws:ecr:us-east-1:111122223333:repository/app');
    allow({ Resource: 'arn:aws:ecr:us-east-1:*:repository/*' });
    expect(image(REGION)?.message).toContain('arn:aws:ecr:eu-west-1:111122223333:repository/app');
    expect(image('us-east-1')).toBeUndefined();
  });

  it('has that Region as the requested one', () => {
    allow({ Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } });
    expect(image(REGION)).toBeDefined();
    expect(image('us-east-1')).toBeUndefined();
  });
});

describe('what Lambda does in the name of the role', () => {
  it('is asked for by action and resource', () => {
    expect(access.allows('worker', 'sqs:SendMessage', QUEUE)).toBe(true);
    expect(access.allows('worker', 'sqs:ReceiveMessage', QUEUE)).toBe(false);
    expect(access.allows('nobody', 'sqs:SendMessage', QUEUE)).toBe(false);
  });
});

describe('the list of denials', () => {
  it('has each once, in the order of the first time', () => {
    access.allows('worker', 'sqs:ReceiveMessage', QUEUE);
    call('dynamodb', 'GetItem', { TableName: 'state' });
    access.allows('worker', 'sqs:ReceiveMessage', QUEUE);
    call('dynamodb', 'GetItem', { TableName: 'state' });
    expect(access.denied()).toEqual([
      { function: 'worker', action: 'sqs:ReceiveMessage', resource: QUEUE },
      {
        function: 'worker',
        action: 'dynamodb:GetItem',
        resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/state',
      },
    ]);
  });
});

describe('EventBridge may deliver', () => {
  it.each([
    ['where the queue lets the rule in', QUEUE, RULE, true],
    ['not for another rule', QUEUE, `${RULE}-2`, false],
    ['not to a queue that is not there', `${QUEUE}-2`, RULE, false],
  ])('%s', (_title, queue, rule, may) => {
    expect(access.mayDeliver(queue, rule)).toBe(may);
    expect(access.denied()).toEqual([]);
  });
});

describe('a change of a role', () => {
  it('takes effect with the next call, and is told', () => {
    const changed = vi.fn();
    const stop = access.onChange(changed);
    access.deletePolicy('worker-role', 'Own');
    expect(call('sqs', 'SendMessage', QUEUE_URL)).toBeDefined();
    access.putPolicy('worker-role', 'Own', JSON.stringify(OWN_DOCUMENT));
    expect(call('sqs', 'SendMessage', QUEUE_URL)).toBeUndefined();
    stop();
    access.deletePolicy('worker-role', 'Own');
    expect(changed.mock.calls).toEqual([['worker-role'], ['worker-role']]);
  });

  it('that is refused changes nothing and is not told', () => {
    const changed = vi.fn();
    access.onChange(changed);
    expect(() => access.putPolicy('worker-role', 'Own', '{')).toThrow(AwsError);
    expect(() => access.deletePolicy('worker-role', 'None')).toThrow(AwsError);
    expect(() => access.putPolicy('no-role', 'Own', JSON.stringify(OWN_DOCUMENT))).toThrow(AwsError);
    expect(call('sqs', 'SendMessage', QUEUE_URL)).toBeUndefined();
    expect(changed).not.toHaveBeenCalled();
  });

  it('gives documents back as they are in the template', () => {
    expect(access.inlinePolicies('worker-role')).toEqual([
      {
        name: 'Own',
        document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"${QUEUE}"}]}`,
      },
      { name: 'Default', document: '{"Statement":[]}' },
    ]);
  });
});

describe('a template is refused', () => {
  const [role] = TEMPLATE.roles;
  const [fn] = TEMPLATE.functions;
  const [queue] = TEMPLATE.queues;
  const [bucket] = TEMPLATE.buckets;
  if (role === undefined || fn === undefined || queue === undefined || bucket === undefined)
    throw new Error('the template has one of each');
  const odd = statement({ actions: ['*'], resources: ['*'], conditions: { IpAddress: { 'aws:SourceArn': ['x'] } } });

  it.each<[string, Partial<Template>, RegExp]>([
    [
      'with a managed policy that is not in it',
      { roles: [{ ...role, managedPolicies: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }] },
      /worker-role has the policy arn:aws:iam::aws:policy\/ReadOnlyAccess, which is not in the template/,
    ],
    [
      'with a role that is not in it',
      { functions: [{ ...fn, roleArn: `${ROLE}-2` }] },
      /worker has the role arn:aws:iam::111122223333:role\/gate\/worker-role-2, which is not in the template/,
    ],
    [
      'with a condition of a role that is not known',
      { roles: [{ ...role, policies: [{ name: 'Odd', document: {}, statements: [odd] }] }] },
      /does not know the condition operator IpAddress/,
    ],
    [
      'with a condition of a queue that is not known',
      { queues: [{ ...queue, policy: [odd] }] },
      /does not know the condition operator IpAddress/,
    ],
    [
      'with a condition of a bucket that is not known',
      { buckets: [{ ...bucket, policy: [odd] }] },
      /does not know the condition operator IpAddress/,
    ],
  ])('%s', (_title, given, message) => {
    expect(() => create(given)).toThrow(message);
  });
});

it('knows a secret by its name as the template does', () => {
  expect(call('secretsmanager', 'DescribeSecret', { SecretId: 'gate/slack' })?.message).toContain(SECRET);
});
