/** The functions of a template and their event source mappings, each with the rights of its own role. */
import path from 'node:path';
import { accessKeyOf } from './call-log.ts';
import type { LocalClock } from './clock.ts';
import type { AccessControl } from './iam/access-control.ts';
import {
  createEventSourceMapping,
  type EventSourceMapping,
  type EventSourceMappingOptions,
} from './lambda/event-source-mapping.ts';
import { filterFrom } from './lambda/filter-criteria.ts';
import { createFunction, type LocalFunction } from './lambda/function.ts';
import { checkMappingLimits } from './lambda/mapping-limits.ts';
import { withStandIns } from './outside-addresses.ts';
import type { Queues } from './queues/queues.ts';
import type { TemplateEventSourceMapping } from './template/event-source-mapping.ts';
import type { TemplateFunction } from './template/function.ts';
import type { TemplateQueue } from './template/queue.ts';
import type { Template } from './template/read-template.ts';

export interface CreateFunctionsOptions {
  readonly clock: LocalClock;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string;
  readonly queues: Queues;
  readonly access: Pick<AccessControl, 'allows' | 'onChange'>;
  readonly onLog: (line: string) => void;
  readonly onFault: (error: unknown) => void;
}

export interface Functions {
  readonly functions: readonly LocalFunction[];
  readonly mappings: readonly EventSourceMapping[];
  /** Takes no more messages, lets the running batches end, and ends the functions. */
  readonly close: () => Promise<void>;
}

/** Throws for a mapping that names what the template does not have, or that Lambda would refuse; none polls then. */
export const createFunctions = (template: Template, options: CreateFunctionsOptions): Functions => {
  const built = template.functions.map((fn) => ({ fn, local: functionFrom(fn, options) }));
  // All are checked before the first begins to poll.
  const checked = template.eventSourceMappings
    .filter(({ enabled }) => enabled)
    .map((mapping) => {
      const target = built.find(({ fn }) => fn.name === mapping.functionName);
      const queue = template.queues.find(({ arn }) => arn === mapping.queueArn);
      if (target === undefined || queue === undefined)
        throw new Error(`The event source mapping ${mapping.logicalId} names a function or a queue that is not there.`);
      refuseWithoutRights(target.fn.name, queue.arn, options);
      const settings = mappingOptions(mapping, { ...target, queue }, options);
      checkMappingLimits(settings);
      return settings;
    });
  const mappings = checked.map(createEventSourceMapping);
  // A role may have got the right to read its queue.
  const stopListening = options.access.onChange(() => {
    for (const mapping of mappings) mapping.wake();
  });
  const functions = built.map(({ local }) => local);
  return {
    functions,
    mappings,
    close: async () => {
      stopListening();
      await Promise.all(mappings.map((mapping) => mapping.close()));
      await Promise.all(functions.map((fn) => fn.close()));
    },
  };
};

const functionFrom = (fn: TemplateFunction, options: CreateFunctionsOptions): LocalFunction =>
  createFunction({
    name: fn.name,
    file: path.join(fn.directory, `${fn.handler.file}.mjs`),
    exportName: fn.handler.export,
    timeoutSeconds: fn.timeoutSeconds,
    memoryMb: fn.memoryMb,
    environment: {
      ...withStandIns(fn.environment, options.endpoint),
      AWS_ENDPOINT_URL: options.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyOf(fn.name),
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    account: options.account,
    region: options.region,
    clock: options.clock,
    onLog: logOf(fn.name, options),
    onFault: options.onFault,
  });

/** Lambda writes a function's log with the rights of its role; without them the lines are lost, in AWS as here. */
const logOf = (name: string, { access, account, region, onLog }: CreateFunctionsOptions) => {
  const stream = `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${name}:log-stream:local`;
  return (line: string): void => {
    if (WRITING_LOGS.every((action) => access.allows(name, action, stream))) onLog(line);
  };
};
const WRITING_LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const;

/** What Lambda does with a queue in the name of the function's role. */
const POLLING = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const;
/** What SQS gives a queue whose template names none. */
const DEFAULT_VISIBILITY_SECONDS = 30;

/** Lambda does not create a mapping whose role may not read the queue. */
const refuseWithoutRights = (name: string, queueArn: string, { access }: CreateFunctionsOptions): void => {
  const missing = POLLING.filter((action) => !access.allows(name, action, queueArn));
  if (missing.length > 0)
    throw new Error(`The role of ${name} does not allow ${missing.join(', ')} on ${queueArn}: it cannot work on it.`);
};

const mappingOptions = (
  mapping: TemplateEventSourceMapping,
  { fn, local, queue }: { readonly fn: TemplateFunction; readonly local: LocalFunction; readonly queue: TemplateQueue },
  { queues, clock, region, access, onLog, onFault }: CreateFunctionsOptions,
): EventSourceMappingOptions => ({
  queue: queue.name,
  queues,
  fn: local,
  clock,
  region,
  batchSize: mapping.batchSize,
  windowSeconds: mapping.windowSeconds,
  ...(mapping.maximumConcurrency !== undefined && { maximumConcurrency: mapping.maximumConcurrency }),
  visibilityTimeoutSeconds: Number(queue.attributes.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS),
  functionTimeoutSeconds: fn.timeoutSeconds,
  mayPoll: () => POLLING.every((action) => access.allows(fn.name, action, queue.arn)),
  reportBatchItemFailures: mapping.functionResponseTypes.includes('ReportBatchItemFailures'),
  ...(mapping.filters.length > 0 && { filter: filterFrom(mapping.filters) }),
  onLog,
  onFault,
});
