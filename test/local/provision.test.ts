import { describe, expect, it } from 'vitest';
import type { EventBus } from '../../local/event-bus/event-bus.ts';
import { type ProvisionOptions, provision } from '../../local/provision.ts';
import { readTemplate } from '../../local/template/read-template.ts';
import { RESOURCES, writeAssembly } from './assembly.ts';

const CODE = 'export const handler = async () => ({ batchItemFailures: [] });';

interface Built {
  readonly queues: string[];
  readonly buckets: unknown[][];
  readonly tables: unknown[][];
  readonly rules: Parameters<EventBus['putRule']>[0][];
  readonly secrets: { readonly name: string; readonly text: string | undefined }[];
  readonly watched: string[];
}

/** Provisions the assembly with recorders in place of what is built. */
const build = async (resources: Readonly<Record<string, object>> = {}) => {
  const assembly = await writeAssembly(CODE, resources);
  const built: Built = { queues: [], buckets: [], tables: [], rules: [], secrets: [], watched: [] };
  const clock = { nowMs: () => 0, now: () => new Date(0), at: () => () => undefined, onAdvance: () => () => undefined };
  const options = {
    clock,
    account: '111122223333',
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:4700',
    queues: {
      createQueue: async ({ name }: { name: string }) => void built.queues.push(name),
      createBucket: async (...args: unknown[]) => void built.buckets.push(args),
      arn: (name: string) => name,
      receive: async () => [],
      onVisible: (name: string) => {
        built.watched.push(name);
        return () => undefined;
      },
    },
    tables: { createTable: async (...args: unknown[]) => void built.tables.push(args) },
    bus: { putRule: (rule: Built['rules'][number]) => void built.rules.push(rule) },
    secretsManager: { provision: (secret: Built['secrets'][number]) => void built.secrets.push(secret) },
    access: { allows: () => true, onChange: () => () => undefined },
    onLog: () => undefined,
    onFault: () => undefined,
  } as unknown as ProvisionOptions;
  try {
    const template = await readTemplate(assembly.directory, {
      account: '111122223333',
      region: 'eu-west-1',
      queueUrl: (name) => `queue:${name}`,
    });
    const provisioned = await provision(template, options);
    await Promise.all(provisioned.mappings.map((mapping) => mapping.close()));
    return { built, provisioned };
  } finally {
    await assembly.remove();
  }
};

describe('what a template describes is built', () => {
  it('with dead-letter queues before the queues that name them', async () => {
    const first = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'alone' } };
    const { built } = await build({ Dead: RESOURCES.Dead, Alone: first });
    expect(built.queues.indexOf('work-dlq')).toBeLessThan(built.queues.indexOf('work'));
    expect(built.queues.toSorted()).toEqual(['alone', 'work', 'work-dlq']);
  });

  it('with the table, the rule and the function', async () => {
    const { built, provisioned } = await build();
    expect(built.tables).toMatchObject([[{ TableName: 'state' }, undefined]]);
    expect(built.rules).toMatchObject([{ name: 'on-arrival', pattern: { source: ['gate'] }, state: 'ENABLED' }]);
    expect(provisioned.functions.map(({ name }) => name)).toEqual(['worker']);
    expect(provisioned.mappings.map(({ queue }) => queue)).toEqual(['work']);
  });

  it('with the address of its own chat in place of the webhook, and every other secret as it is', async () => {
    const { built } = await build();
    expect(built.secrets).toMatchObject([
      { name: 'gate/slack', text: 'http://127.0.0.1:4700/_local/chat/slack' },
      { name: 'gate/plain', text: 'as given' },
    ]);
  });

  it('with a secret that is made up', async () => {
    const Properties = { Name: 'made', GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } };
    const { built } = await build({ Made: { Type: 'AWS::SecretsManager::Secret', Properties } });
    expect(built.secrets.find(({ name }) => name === 'made')?.text).toMatch(/^[A-Za-z0-9]{64}$/);
  });

  it('with a bucket and its lifecycle rules', async () => {
    const Rules = [{ Status: 'Enabled', ExpirationInDays: 365 }];
    const { built } = await build({
      Reports: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules } } },
    });
    expect(built.buckets).toEqual([['gate-reports', [{ prefix: '', days: 365 }]]]);
  });

  it('with a rule on a schedule, which is none of the bus', async () => {
    const Properties = { ScheduleExpression: 'rate(1 hour)', Targets: RESOURCES.OnArrival.Properties.Targets };
    const { built } = await build({ Hourly: { Type: 'AWS::Events::Rule', Properties } });
    expect(built.rules.map(({ name }) => name)).toEqual(['on-arrival']);
  });

  it('without a mapping that is switched off', async () => {
    const { Type, Properties } = RESOURCES.WorkToWorker;
    const { built, provisioned } = await build({
      WorkToWorker: { Type, Properties: { ...Properties, Enabled: false } },
    });
    expect(provisioned.mappings).toEqual([]);
    expect(built.watched).toEqual([]);
  });
});

describe('what cannot be run here is refused by name', () => {
  const rule = (ScheduleExpression: string, ...arns: readonly string[]) => ({
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression, Targets: arns.map((Arn, index) => ({ Id: `Target${index}`, Arn })) },
  });
  const topic = 'arn:aws:sns:eu-west-1:111122223333:told';
  it.each<[string, Readonly<Record<string, object>>, string]>([
    ['a type that is not known', { Net: { Type: 'AWS::EC2::VPC' } }, 'AWS::EC2::VPC (Net)'],
    ['a rule with cron', { Daily: rule('cron(0 8 * * ? *)') }, 'a rule with the schedule cron(0 8 * * ? *) (Daily)'],
    [
      'a schedule for something else than a queue',
      { Hourly: rule('rate(1 hour)', topic) },
      'a rule with a schedule and a target that is no queue (Hourly)',
    ],
    [
      'a schedule of EventBridge Scheduler',
      {
        Nightly: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: { ScheduleExpression: 'rate(1 day)', Target: { Arn: topic } },
        },
      },
      'a schedule (Nightly)',
    ],
    ['a topic', { Alarms: { Type: 'AWS::SNS::Topic' } }, 'a topic (Alarms)'],
    [
      'a function with concurrency of its own',
      {
        Worker: {
          ...RESOURCES.Worker,
          Properties: { ...RESOURCES.Worker.Properties, ReservedConcurrentExecutions: 2 },
        },
      },
      'reserved concurrency (Worker)',
    ],
    [
      'an event bus of its own',
      { Own: { Type: 'AWS::Events::EventBus', Properties: { Name: 'own' } } },
      'an event bus of its own (Own)',
    ],
    [
      'several at once',
      { Net: { Type: 'AWS::EC2::VPC' }, Alarms: { Type: 'AWS::SNS::Topic' } },
      'AWS::EC2::VPC (Net), a topic (Alarms)',
    ],
  ])('%s', async (_title, resources, named) => {
    await expect(build(resources)).rejects.toThrow(`The local runtime does not have: ${named}.`);
  });

  it.each(['rate(1 hours)', 'rate(90 seconds)', 'every day'])(
    'the schedule %s, which EventBridge refuses too',
    async (expression) => {
      await expect(build({ Hourly: rule(expression) })).rejects.toThrow(
        'Hourly.Properties.ScheduleExpression: EventBridge takes rate(1 minute)',
      );
    },
  );

  it('a secret that nothing can be', async () => {
    const made = { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { PasswordLength: 1 } } };
    await expect(build({ Made: made })).rejects.toThrow('No secret of 1 characters');
  });

  it('a mapping to a function that is not there', async () => {
    const { Type, Properties } = RESOURCES.WorkToWorker;
    const mapping = { Type, Properties: { ...Properties, FunctionName: 'elsewhere' } };
    await expect(build({ WorkToWorker: mapping })).rejects.toThrow('The event source mapping WorkToWorker');
  });
});
