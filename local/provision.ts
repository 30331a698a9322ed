/** Builds what the template describes: nothing that it does not say, and nothing left out in silence. */
import path from 'node:path';
import { accessKeyOf } from './call-log.ts';
import type { LocalClock } from './clock.ts';
import type { EventBus } from './event-bus/event-bus.ts';
import { compilePattern } from './event-bus/pattern.ts';
import { createEventSourceMapping, type EventSourceMapping } from './lambda/event-source-mapping.ts';
import { createFunction, type LocalFunction } from './lambda/function.ts';
import type { SqsRecord } from './lambda/sqs-record.ts';
import type { Queues } from './queues/queues.ts';
import type { SecretsManager } from './services/secrets-manager.ts';
import type { Tables } from './table/tables.ts';
import type { Template } from './template/read-template.ts';
import type { SecretValue } from './template/secret.ts';

export interface ProvisionOptions {
  readonly clock: LocalClock;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string;
  readonly queues: Queues;
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly secretsManager: SecretsManager;
  readonly onLog: (line: string) => void;
  readonly onFault: (error: unknown) => void;
}

export interface Provisioned {
  readonly functions: readonly LocalFunction[];
  readonly mappings: readonly EventSourceMapping[];
}

/** The output that tells an operator where the URL of the Slack webhook goes; the runtime puts its own channel there. */
const SLACK_OUTPUT = 'SlackWebhookSecretArn';

/** Throws when the template has something that cannot be run here. */
export const provision = async (template: Template, options: ProvisionOptions): Promise<Provisioned> => {
  const { queues, tables, bus } = options;
  refuseUnsupported(template);
  // Dead-letter queues first: a queue that names one needs it to be there.
  const [deadLetters, others] = partition(template.queues, ({ arn }) => isDeadLetterQueue(template, arn));
  for (const { name, attributes } of [...deadLetters, ...others]) await queues.createQueue({ name, attributes });
  for (const { input, ttlAttribute } of template.tables) await tables.createTable(input, ttlAttribute);
  for (const { pattern, ...rule } of template.rules) if (pattern !== undefined) bus.putRule({ ...rule, pattern });
  createSecrets(template, options);
  const functions = template.functions.map((fn) =>
    createFunction({
      name: fn.name,
      file: path.join(fn.directory, `${fn.handler.file}.mjs`),
      exportName: fn.handler.export,
      timeoutSeconds: fn.timeoutSeconds,
      memoryMb: fn.memoryMb,
      environment: {
        ...fn.environment,
        AWS_ENDPOINT_URL: options.endpoint,
        AWS_ACCESS_KEY_ID: accessKeyOf(fn.name),
        AWS_SECRET_ACCESS_KEY: 'local',
      },
      account: options.account,
      region: options.region,
      clock: options.clock,
      onLog: options.onLog,
    }),
  );
  return { functions, mappings: createMappings(template, functions, options) };
};

const refuseUnsupported = (template: Template): void => {
  const scheduled = template.rules.filter(({ scheduleExpression }) => scheduleExpression !== undefined);
  const missing: readonly { readonly type: string; readonly logicalId: string }[] = [
    ...template.unsupported,
    ...[...template.schedules, ...scheduled].map(({ logicalId }) => ({ type: 'a schedule', logicalId })),
    ...template.eventBuses.map(({ logicalId }) => ({ type: 'an event bus of its own', logicalId })),
    ...template.topics.map(({ logicalId }) => ({ type: 'a topic', logicalId })),
    ...template.buckets.map(({ logicalId }) => ({ type: 'a bucket', logicalId })),
  ];
  if (missing.length > 0)
    throw new Error(
      `The local runtime does not have: ${missing.map(({ type, logicalId }) => `${type} (${logicalId})`).join(', ')}.`,
    );
};

const partition = <T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] => [
  items.filter(test),
  items.filter((item) => !test(item)),
];

const isDeadLetterQueue = (template: Template, arn: string): boolean =>
  template.queues.some(({ attributes }) => attributes.RedrivePolicy?.includes(`"${arn}"`));

const createSecrets = ({ secrets, outputs }: Template, { secretsManager, endpoint }: ProvisionOptions): void => {
  for (const { name, arn, value } of secrets)
    secretsManager.provision({
      name,
      arn,
      text: arn === outputs[SLACK_OUTPUT] ? `${endpoint}/_local/chat/slack` : textOf(value),
    });
};

const textOf = (value: SecretValue): string | undefined => {
  if (value.kind === 'given') return value.text;
  if (value.kind === 'none') return undefined;
  throw new Error('The local runtime does not make up secrets.');
};

const createMappings = (
  template: Template,
  functions: readonly LocalFunction[],
  { queues, clock, region, onFault }: ProvisionOptions,
): readonly EventSourceMapping[] =>
  template.eventSourceMappings
    .filter(({ enabled }) => enabled)
    .map((mapping) => {
      const fn = functions.find(({ name }) => name === mapping.functionName);
      const queue = template.queues.find(({ arn }) => arn === mapping.queueArn);
      if (fn === undefined || queue === undefined)
        throw new Error(`The event source mapping ${mapping.logicalId} names a function or a queue that is not there.`);
      return createEventSourceMapping({
        queue: queue.name,
        queues,
        fn,
        clock,
        region,
        batchSize: mapping.batchSize,
        windowSeconds: mapping.windowSeconds,
        ...(mapping.maximumConcurrency !== undefined && { maximumConcurrency: mapping.maximumConcurrency }),
        reportBatchItemFailures: mapping.functionResponseTypes.includes('ReportBatchItemFailures'),
        ...(mapping.filters.length > 0 && { filter: filterFrom(mapping.filters) }),
        onFault,
      });
    });

/** A body that is JSON is matched as such; any other as its text. */
const filterFrom = (patterns: readonly unknown[]): ((record: SqsRecord) => boolean) => {
  const tests = patterns.map(compilePattern);
  return (record) => {
    const parsed = { ...record, body: parsedBody(record.body) };
    return tests.some((test) => test(parsed));
  };
};

const parsedBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};
