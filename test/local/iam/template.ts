/** A template written by hand: the function `worker` with its role, the queue `work` and a secret. */
import type { AccessControlOptions } from '../../../local/iam/access-control.ts';
import type { PolicyStatement } from '../../../local/template/policy.ts';
import { statement } from './statements.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:work';
export const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival';
export const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:gate/slack-1a2b3c';
export const BUCKET = 'arn:aws:s3:::reports';
export const ROLE = 'arn:aws:iam::111122223333:role/gate/worker-role';

type Template = AccessControlOptions['template'];

export const OWN_DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE }],
};

const queuePolicy: readonly PolicyStatement[] = [
  statement({
    effect: 'Deny',
    actions: ['sqs:*'],
    resources: [QUEUE],
    principals: { AWS: ['*'] },
    conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
  }),
  statement({
    effect: 'Deny',
    actions: ['sqs:PurgeQueue'],
    resources: [QUEUE],
    principals: { AWS: [ACCOUNT] },
  }),
  statement({
    actions: ['sqs:SendMessage'],
    resources: [QUEUE],
    principals: { Service: ['events.amazonaws.com'] },
    conditions: { ArnEquals: { 'aws:SourceArn': [RULE] } },
  }),
  statement({ actions: ['sqs:GetQueueAttributes'], resources: [QUEUE], principals: { AWS: [ROLE] } }),
];

const bucketPolicy: readonly PolicyStatement[] = [
  statement({
    effect: 'Deny',
    actions: ['s3:*'],
    resources: [BUCKET, `${BUCKET}/*`],
    principals: { AWS: ['*'] },
    conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
  }),
  statement({
    effect: 'Deny',
    actions: ['s3:PutObject'],
    resources: [`${BUCKET}/sealed/*`],
    principals: { AWS: ['*'] },
  }),
];

export const TEMPLATE: Template = {
  roles: [
    {
      logicalId: 'Role',
      name: 'worker-role',
      arn: ROLE,
      policies: [
        {
          name: 'Own',
          document: OWN_DOCUMENT,
          statements: [statement({ actions: ['sqs:SendMessage'], resources: [QUEUE] })],
        },
        {
          name: 'Default',
          document: { Statement: [] },
          statements: [
            statement({ actions: ['secretsmanager:GetSecretValue'], resources: [SECRET] }),
            statement({ actions: ['sqs:PurgeQueue'], resources: ['*'] }),
          ],
        },
      ],
      managedPolicies: [
        {
          arn: 'arn:aws:iam::111122223333:policy/shared',
          statements: [
            statement({ actions: ['ecs:*'], resources: ['*'] }),
            statement({ effect: 'Deny', actions: ['ecs:StopTask'], resources: ['*'] }),
          ],
        },
      ],
    },
  ],
  functions: [
    {
      logicalId: 'Worker',
      name: 'worker',
      arn: 'arn:aws:lambda:eu-west-1:111122223333:function:worker',
      handler: { file: 'index', export: 'handler' },
      directory: '/nowhere',
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      timeoutSeconds: 3,
      memoryMb: 128,
      environment: {},
      roleArn: ROLE,
      roleName: 'worker-role',
    },
  ],
  queues: [
    { logicalId: 'Work', name: 'work', arn: QUEUE, url: 'http://queue/work', attributes: {}, policy: queuePolicy },
  ],
  buckets: [{ logicalId: 'Reports', name: 'reports', arn: BUCKET, expirations: [], policy: bucketPolicy }],
  secrets: [{ logicalId: 'Slack', name: 'gate/slack', arn: SECRET, value: { kind: 'none' } }],
};
