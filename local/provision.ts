/** Builds what the template describes: nothing that it does not say, and nothing left out in silence. */
import { type CreateFunctionsOptions, createFunctions, type Functions } from './create-functions.ts';
import type { EventBus } from './event-bus/event-bus.ts';
import { ratePeriodMs } from './event-bus/rate.ts';
import { generatedSecret } from './generated-secret.ts';
import type { SecretsManager } from './services/secrets-manager.ts';
import type { Tables } from './table/tables.ts';
import type { Template } from './template/read-template.ts';
import type { TemplateRule } from './template/rule.ts';
import type { SecretValue } from './template/secret.ts';

export interface ProvisionOptions extends CreateFunctionsOptions {
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly secretsManager: SecretsManager;
}

/** The output that tells an operator where the URL of the Slack webhook goes; the runtime puts its own channel there. */
const SLACK_OUTPUT = 'SlackWebhookSecretArn';

/** Throws when the template has something that cannot be run here. */
export const provision = async (template: Template, options: ProvisionOptions): Promise<Functions> => {
  const { queues, tables, bus } = options;
  refuseUnsupported(template);
  // Dead-letter queues first: a queue that names one needs it to be there.
  const [deadLetters, others] = partition(template.queues, ({ arn }) => isDeadLetterQueue(template, arn));
  for (const { name, attributes } of [...deadLetters, ...others]) await queues.createQueue({ name, attributes });
  for (const { name, expirations } of template.buckets) await queues.createBucket(name, expirations);
  for (const { input, ttlAttribute } of template.tables) await tables.createTable(input, ttlAttribute);
  for (const { pattern, ...rule } of template.rules) if (pattern !== undefined) bus.putRule({ ...rule, pattern });
  createSecrets(template, options);
  return createFunctions(template, options);
};

const refuseUnsupported = (template: Template): void => {
  const reserved = template.functions.filter(({ reservedConcurrency }) => reservedConcurrency !== undefined);
  const missing: readonly { readonly type: string; readonly logicalId: string }[] = [
    ...template.unsupported,
    ...template.schedules.map(({ logicalId }) => ({ type: 'a schedule', logicalId })),
    ...template.rules.flatMap(unsupportedSchedule),
    ...template.eventBuses.map(({ logicalId }) => ({ type: 'an event bus of its own', logicalId })),
    ...template.topics.map(({ logicalId }) => ({ type: 'a topic', logicalId })),
    ...reserved.map(({ logicalId }) => ({ type: 'reserved concurrency', logicalId })),
  ];
  if (missing.length > 0)
    throw new Error(
      `The local runtime does not have: ${missing.map(({ type, logicalId }) => `${type} (${logicalId})`).join(', ')}.`,
    );
};

/** Rates only, and only to queues; a rule that is switched off is refused too, because somebody may switch it on. */
const unsupportedSchedule = ({ logicalId, scheduleExpression, targets }: TemplateRule) => {
  if (scheduleExpression === undefined) return [];
  if (ratePeriodMs(scheduleExpression) === undefined)
    return [{ type: `a rule with the schedule ${scheduleExpression}`, logicalId }];
  return targets.every(({ arn }) => arn.split(':')[2] === 'sqs')
    ? []
    : [{ type: 'a rule with a schedule and a target that is no queue', logicalId }];
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
  return value.kind === 'none' ? undefined : generatedSecret(value);
};
