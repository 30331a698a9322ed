import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePolicy } from '../../cdk/policy-file.ts';
import { SekishoStack } from '../../cdk/sekisho-stack.ts';
import { FUNCTION_SETTINGS, type FunctionName } from '../../shared/config/function-settings.ts';
import { imagePushedPattern } from '../../shared/events/ecr.ts';
import { guardDutyPattern } from '../../shared/events/guardduty.ts';
import { inspectorFindingPattern } from '../../shared/events/inspector.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FUNCTIONS = [
  'on-image-push',
  'scan-layer',
  'inspect-image',
  'on-finding',
  'on-threat',
  'refresh-kev',
  'forward',
  'notify',
] as const satisfies FunctionName[];

/** Another name than the default: what does not follow the setting would collide with a first installation. */
const NAME = 'second';
const SETTINGS = {
  name: NAME,
  groupWaitSeconds: 90,
  kevFeed: 'https://mirror.example.com/kev.json',
  logRetentionDays: 7,
} as const;

/** Any JSON, as the CDK's own assertions see it. */
type Resource = ReturnType<Template['findResources']>[string];

let directory: string;
let text: string;
let resources: Readonly<Record<string, Resource>>;

// One stack for all tests: eight functions are bundled for it.
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sekisho-stack-'));
  const { context } = JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8'));
  const stack = new SekishoStack(new App({ outdir: directory, context }), 'Sekisho', {
    settings: SETTINGS,
    bundles: path.join(directory, 'bundles'),
    policy: writePolicy(path.join(directory, 'policy'), undefined, '2026-11-20'),
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  const template = Template.fromStack(stack).toJSON();
  text = JSON.stringify(template);
  resources = template.Resources;
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ofType = (type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

/** The logical id that a Ref or a GetAtt points at. */
const target = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': getAtt } = value as { Ref?: string; 'Fn::GetAtt'?: readonly [string, string] };
  return Ref ?? getAtt?.[0] ?? '';
};
const resource = (value: unknown): Resource => {
  const found = resources[target(value)];
  if (found === undefined) throw new Error(`${JSON.stringify(value)} points at nothing`);
  return found;
};

const functionNamed = (name: string): Resource => {
  const found = ofType('AWS::Lambda::Function').find(([, { Properties }]) => Properties.FunctionName === name);
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found[1];
};
const mappingOf = (name: string): Resource => {
  const found = ofType('AWS::Lambda::EventSourceMapping').find(
    ([, { Properties }]) => resource(Properties.FunctionName).Properties.FunctionName === name,
  );
  if (found === undefined) throw new Error(`${name} reads no queue`);
  return found[1];
};
const ruleNamed = (name: string): Resource => {
  const found = ofType('AWS::Events::Rule').find(([, { Properties }]) => Properties.Name === name);
  if (found === undefined) throw new Error(`there is no rule ${name}`);
  return found[1];
};

describe('every function', () => {
  it('is one of the eight', () => {
    const names = ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties.FunctionName);
    expect(names.toSorted()).toEqual(FUNCTIONS.map((name) => `${NAME}-${name}`).toSorted());
  });

  describe.each(FUNCTIONS)('%s', (name) => {
    it('runs on Node.js 24 on ARM', () => {
      expect(functionNamed(`${NAME}-${name}`).Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
    });

    it('writes JSON logs into a group of its own that is kept as long as was set', () => {
      const { LoggingConfig } = functionNamed(`${NAME}-${name}`).Properties;
      expect(LoggingConfig.LogFormat).toBe('JSON');
      expect(resource(LoggingConfig.LogGroup).Properties).toMatchObject({
        LogGroupName: `/aws/lambda/${NAME}-${name}`,
        RetentionInDays: 7,
      });
    });

    it('reads a queue whose visibility is six times its timeout and its batching window, and answers by record', () => {
      const mapping = mappingOf(`${NAME}-${name}`).Properties;
      const { EventSourceArn, FunctionResponseTypes, MaximumBatchingWindowInSeconds: window = 0 } = mapping;
      const { Timeout } = functionNamed(`${NAME}-${name}`).Properties;
      expect(resource(EventSourceArn).Properties.VisibilityTimeout).toBe(6 * Timeout + window);
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    });

    it('has a dead-letter queue behind its queue, and is told of the same one', () => {
      const queue = resource(mappingOf(`${NAME}-${name}`).Properties.EventSourceArn).Properties;
      const { Variables } = functionNamed(`${NAME}-${name}`).Properties.Environment;
      expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
      expect(resource(queue.RedrivePolicy.deadLetterTargetArn).Properties.QueueName).toBe(`${queue.QueueName}-dlq`);
      expect(target(Variables.DEAD_LETTER_QUEUE_URL)).toBe(target(queue.RedrivePolicy.deadLetterTargetArn));
    });

    it('is told which queue it reads', () => {
      const { Variables } = functionNamed(`${NAME}-${name}`).Properties.Environment;
      const { EventSourceArn } = mappingOf(`${NAME}-${name}`).Properties;
      expect(target(Variables.SOURCE_QUEUE_URL)).toBe(target(EventSourceArn));
    });

    it('is given the environment that it asks for', () => {
      const { Variables } = functionNamed(`${NAME}-${name}`).Properties.Environment;
      const resolved = Object.fromEntries(
        Object.entries(Variables).map(([key, value]) => [key, typeof value === 'string' ? value : target(value)]),
      );
      expect(FUNCTION_SETTINGS[name].safeParse(resolved)).toMatchObject({ success: true });
      expect(Variables.FUNCTION).toBe(`${NAME}-${name}`);
    });

    it('has a role of its own', () => {
      const roles = FUNCTIONS.map((one) => target(functionNamed(`${NAME}-${one}`).Properties.Role));
      expect(roles.filter((role) => role === target(functionNamed(`${NAME}-${name}`).Properties.Role))).toHaveLength(1);
    });
  });
});

describe('the way of a record', () => {
  it.each([
    ['on-image-push', `${NAME}-on-image-push`],
    ['scan-layer', `${NAME}-scan-layer`],
    ['inspect-image', `${NAME}-inspect-image`],
    ['on-finding', `${NAME}-on-finding`],
    ['on-threat', `${NAME}-on-threat`],
    ['refresh-kev', `${NAME}-refresh-kev`],
    ['forward', `${NAME}-decided`],
    ['notify', `${NAME}-alerts`],
  ])('leads to %s from the queue %s alone', (name, queue) => {
    const readers = ofType('AWS::Lambda::EventSourceMapping').filter(
      ([, { Properties }]) => resource(Properties.EventSourceArn).Properties.QueueName === queue,
    );
    expect(readers.map(([, { Properties }]) => resource(Properties.FunctionName).Properties.FunctionName)).toEqual([
      `${NAME}-${name}`,
    ]);
  });

  it.each([
    ['on-image-push', 'LAYER_QUEUE_URL', `${NAME}-scan-layer`],
    ['on-image-push', 'INSPECTION_QUEUE_URL', `${NAME}-inspect-image`],
    ['scan-layer', 'INSPECTION_QUEUE_URL', `${NAME}-inspect-image`],
    ['inspect-image', 'DECIDED_QUEUE_URL', `${NAME}-decided`],
    ['on-finding', 'DECIDED_QUEUE_URL', `${NAME}-decided`],
    ['on-threat', 'DECIDED_QUEUE_URL', `${NAME}-decided`],
    ['forward', 'ALERT_QUEUE_URL', `${NAME}-alerts`],
  ])('leads on from %s by %s to the queue %s', (name, variable, queue) => {
    const { Variables } = functionNamed(`${NAME}-${name}`).Properties.Environment;
    expect(resource(Variables[variable]).Properties.QueueName).toBe(queue);
  });

  it('brings 500 decided findings to at most two forwarders at once', () => {
    expect(mappingOf(`${NAME}-forward`).Properties).toMatchObject({
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 5,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('gives each layer a scanner of its own, of which twenty work at once, and each image an inspector', () => {
    expect(mappingOf(`${NAME}-scan-layer`).Properties).toMatchObject({
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 20 },
    });
    expect(mappingOf(`${NAME}-inspect-image`).Properties).toMatchObject({
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });

  it('tells the scanner after how many deliveries its queue gives a layer up, and how long one can last', () => {
    const { Properties } = functionNamed(`${NAME}-scan-layer`);
    const queue = resource(mappingOf(`${NAME}-scan-layer`).Properties.EventSourceArn).Properties;
    expect(Properties.Environment.Variables).toMatchObject({
      RECEIVES: String(queue.RedrivePolicy.maxReceiveCount),
      TIMEOUT_SECONDS: String(Properties.Timeout),
    });
    // SQS holds a message back for at most 900 seconds: a last delivery must have ended by then.
    expect(Properties.Timeout).toBeLessThan(900);
  });

  it('tells the inspector after how many deliveries its queue gives an image up', () => {
    const queue = resource(mappingOf(`${NAME}-inspect-image`).Properties.EventSourceArn).Properties;
    expect(functionNamed(`${NAME}-inspect-image`).Properties.Environment.Variables.RECEIVES).toBe(
      String(queue.RedrivePolicy.maxReceiveCount),
    );
  });

  it('waits before a message as long as was set', () => {
    expect(functionNamed(`${NAME}-forward`).Properties.Environment.Variables.GROUP_WAIT_SECONDS).toBe('90');
  });
});

describe('the rules', () => {
  it.each([
    ['image-pushed', imagePushedPattern, 'on-image-push'],
    ['inspector-finding', inspectorFindingPattern, 'on-finding'],
    ['guard-duty-finding', guardDutyPattern, 'on-threat'],
  ])('%s has the pattern that stands beside its parser, and one queue', (rule, pattern, queue) => {
    const { EventPattern, State, Targets } = ruleNamed(`${NAME}-${rule}`).Properties;
    expect(EventPattern).toEqual(pattern);
    expect(State).toBe('ENABLED');
    expect(Targets.map(({ Arn }: { Arn: unknown }) => resource(Arn).Properties.QueueName)).toEqual([
      `${NAME}-${queue}`,
    ]);
  });

  it('ask for CISA’s list every hour, from the address that was set', () => {
    const { EventPattern, ScheduleExpression, Targets } = ruleNamed(`${NAME}-kev-refresh`).Properties;
    expect([EventPattern, ScheduleExpression]).toEqual([undefined, 'rate(1 hour)']);
    expect(Targets.map(({ Arn }: { Arn: unknown }) => resource(Arn).Properties.QueueName)).toEqual([
      `${NAME}-refresh-kev`,
    ]);
    expect(functionNamed(`${NAME}-refresh-kev`).Properties.Environment.Variables.KEV_FEED_URL).toBe(
      'https://mirror.example.com/kev.json',
    );
  });

  it('are four, and keep what they cannot deliver', () => {
    const targets = ofType('AWS::Events::Rule').flatMap(([, { Properties }]) => Properties.Targets);
    expect(targets.map(({ DeadLetterConfig }) => resource(DeadLetterConfig.Arn).Properties.QueueName)).toEqual([
      `${NAME}-undelivered`,
      `${NAME}-undelivered`,
      `${NAME}-undelivered`,
      `${NAME}-undelivered`,
    ]);
  });

  it('may send to their queue and to the queue of the undelivered, each under its own ARN', () => {
    for (const [id, { Properties }] of ofType('AWS::Events::Rule'))
      for (const { Arn, DeadLetterConfig } of Properties.Targets)
        for (const queue of [Arn, DeadLetterConfig.Arn]) {
          const statements = ofType('AWS::SQS::QueuePolicy')
            .filter(([, policy]) => policy.Properties.Queues.some((one: unknown) => target(one) === target(queue)))
            .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
          expect(statements).toContainEqual(
            expect.objectContaining({
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [id, 'Arn'] } } },
            }),
          );
        }
  });
});

describe('the queues', () => {
  it('are all encrypted, and refuse plain HTTP', () => {
    const queues = ofType('AWS::SQS::Queue');
    expect(queues).toHaveLength(17);
    for (const [id, { Properties }] of queues) {
      expect(Properties.SqsManagedSseEnabled).toBe(true);
      const policies = ofType('AWS::SQS::QueuePolicy').filter(([, policy]) =>
        policy.Properties.Queues.some((queue: unknown) => target(queue) === id),
      );
      expect(policies.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  it('keep dead letters as long as SQS can', () => {
    const dead = ofType('AWS::SQS::Queue').filter(([, { Properties }]) =>
      /-(dlq|undelivered)$/.test(Properties.QueueName),
    );
    expect(dead).toHaveLength(9);
    expect(new Set(dead.map(([, { Properties }]) => Properties.MessageRetentionPeriod))).toEqual(new Set([1_209_600]));
  });
});

/** AWS has no resource for the list calls, and Inspector none for its own. */
const WITHOUT_RESOURCE = [
  'ecs:ListClusters',
  'ecs:ListTasks',
  'inspector2:BatchGetFindingDetails',
  'inspector2:GetClustersForImage',
] as const;

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

describe('what the functions may do', () => {
  const statementsOf = (role: string): readonly Statement[] =>
    [
      ...(resources[role]?.Properties.Policies ?? []).map(
        ({ PolicyDocument }: { PolicyDocument: unknown }) => PolicyDocument,
      ),
      ...ofType('AWS::IAM::Policy').flatMap(([, { Properties }]) =>
        Properties.Roles.some((one: unknown) => target(one) === role) ? [Properties.PolicyDocument] : [],
      ),
    ].flatMap(({ Statement }) => Statement);
  const statements = (): readonly Statement[] => ofType('AWS::IAM::Role').flatMap(([id]) => statementsOf(id));
  const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();

  it('is named call by call', () => {
    expect(
      statements()
        .flatMap(actionsOf)
        .filter((action) => action.includes('*')),
    ).toEqual([]);
    expect(new Set(statements().map(({ Effect }) => Effect))).toEqual(new Set(['Allow']));
  });

  it('is limited to resources, but for the calls that have none', () => {
    const unlimited = statements().filter(({ Resource }) => [Resource].flat().includes('*'));
    expect(new Set(unlimited.flatMap(actionsOf))).toEqual(new Set(WITHOUT_RESOURCE));
  });

  it('is written for roles that nobody but Lambda takes, without policies of AWS', () => {
    const roles = ofType('AWS::IAM::Role').map(([, { Properties }]) => Properties);
    expect(roles).toHaveLength(8);
    for (const { AssumeRolePolicyDocument, ManagedPolicyArns } of roles) {
      expect(AssumeRolePolicyDocument.Statement).toEqual([
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
      ]);
      expect(ManagedPolicyArns).toBeUndefined();
    }
  });

  it('lets what reads strangers’ layers do little else: no finding, no write to the table, no manifest', () => {
    const role = target(functionNamed(`${NAME}-scan-layer`).Properties.Role);
    const actions = statementsOf(role).flatMap(actionsOf);
    expect(actions.toSorted()).toEqual([
      'dynamodb:Query',
      'ecr:GetDownloadUrlForLayer',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'secretsmanager:GetSecretValue',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      // The image to be inspected next, and its own dead letters.
      'sqs:SendMessage',
    ]);
  });

  it('lets only forward write to Security Hub, and only under the product of its own account', () => {
    const writers = ofType('AWS::IAM::Role').filter(([, role]) => JSON.stringify(role).includes('securityhub:'));
    expect(writers.map(([id]) => id)).toEqual([target(functionNamed(`${NAME}-forward`).Properties.Role)]);
    expect(statements().filter((one) => actionsOf(one).some((action) => action.startsWith('securityhub:')))).toEqual([
      {
        Effect: 'Allow',
        Action: 'securityhub:BatchImportFindings',
        Resource: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
      },
    ]);
  });
});

describe('the table', () => {
  it('lets items expire, can be restored to any second, and outlives the stack', () => {
    const tables = ofType('AWS::DynamoDB::GlobalTable').map(([, table]) => table);
    expect(tables).toMatchObject([
      {
        DeletionPolicy: 'Retain',
        Properties: {
          TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
          Replicas: [{ Region: 'eu-west-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
        },
      },
    ]);
  });
});

describe('the bucket', () => {
  const bucket = (): Resource => {
    const [found, ...others] = ofType('AWS::S3::Bucket');
    if (found === undefined || others.length > 0) throw new Error('there is not exactly one bucket');
    return found[1];
  };

  it('is encrypted, open to nobody, lets its objects expire, and outlives the stack', () => {
    const { DeletionPolicy, Properties } = bucket();
    expect(DeletionPolicy).toBe('Retain');
    expect(Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: [
          { ExpirationInDays: 365, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
        ],
      },
    });
  });

  it('refuses plain HTTP', () => {
    const policies = ofType('AWS::S3::BucketPolicy').map(([, { Properties }]) => Properties);
    expect(policies.map(({ Bucket }) => resource(Bucket))).toEqual([bucket()]);
    expect(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  it('has no name of its own: all of the world shares those of buckets', () => {
    expect(bucket().Properties.BucketName).toBeUndefined();
  });
});

describe('the key of the fingerprints', () => {
  const key = (): Resource => {
    const { Variables } = functionNamed(`${NAME}-scan-layer`).Properties.Environment;
    return resource(Variables.FINGERPRINT_KEY_SECRET_ARN);
  };

  it('is made up when it is deployed, and outlives the stack', () => {
    expect(key()).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
      },
    });
    expect(key().Properties).not.toHaveProperty('SecretString');
  });

  it('has no name of its own: the one that a deleted stack left would be in the way of the next', () => {
    expect(key().Properties).not.toHaveProperty('Name');
  });

  it('is read by the scanner of layers alone', () => {
    const [id] = ofType('AWS::SecretsManager::Secret').find(([, secret]) => secret === key()) ?? [];
    const readers = ofType('AWS::IAM::Role').filter(([, role]) => JSON.stringify(role).includes(`"${id}"`));
    expect(readers.map(([role]) => role)).toEqual([target(functionNamed(`${NAME}-scan-layer`).Properties.Role)]);
  });
});

describe('the template', () => {
  it('holds no path of the machine that wrote it', () => {
    for (const place of [ROOT, directory, tmpdir(), homedir(), process.execPath]) expect(text).not.toContain(place);
  });

  it('holds no secret, but a word that stands for none', () => {
    const texts = ofType('AWS::SecretsManager::Secret').flatMap(([, { Properties }]) => Properties.SecretString ?? []);
    expect(texts).toEqual(['not configured']);
  });

  it('starts every name with the name that was set', () => {
    const names = Object.values(resources).flatMap(({ Properties }) =>
      ['QueueName', 'FunctionName', 'LogGroupName', 'Name']
        .map((property) => Properties[property])
        .filter((name) => typeof name === 'string'),
    );
    expect(names).toHaveLength(17 + 8 + 8 + 4 + 1);
    expect(names.filter((name) => !name.replace('/aws/lambda/', '').startsWith(NAME))).toEqual([]);
  });
});
