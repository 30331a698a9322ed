/** Reference pages from the data that the program runs on. */
import { readDeploymentSettings } from '../../cdk/settings.ts';
import { LIMITS } from '../../local/throttling/limits.ts';
import { ERRORS } from '../../shared/base/errors.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { BOD_26_04 } from '../../shared/priority/bod-26-04.ts';
import { CISA_COORDINATOR } from '../../shared/priority/cisa-coordinator-2.0.3.ts';
import { table } from './table.ts';

export const errorsPage = (): string =>
  `# Errors

Every record that fails for good stands in the dead-letter queue of its function, with its original body and the
attributes \`ErrorCode\`, \`Reason\` and \`Function\`. What is tried again goes back to its queue; after five tries SQS moves
it to the same dead-letter queue, with its original body and without these attributes.

${table(
  ['code', 'meaning', 'tried again'],
  Object.entries(ERRORS).map(([code, { meaning, retryable }]) => [`\`${code}\``, meaning, retryable ? 'yes' : 'no']),
)}
`;

export const settingsPage = (): string =>
  `# Settings

## Of a deployment

In \`cdk.json\`, under \`context\`, key \`sekisho\`; every one has a default.

| key | default | meaning |
|---|---|---|
| \`name\` | \`sekisho\` | the start of every name, so that two installations can stand side by side |
| \`groupWaitSeconds\` | 60 | how long an image's findings are gathered before its message goes out, 0 to 900 |
| \`policy\` | \`policy.yaml\` if there is one | the [policy file](../policy.md); without one the built-in policy decides |
| \`kevFeed\` | ${readDeploymentSettings({}).kevFeed} | CISA’s list of known exploited vulnerabilities, or your mirror of it: https, in CISA’s JSON form |
| \`logRetentionDays\` | 30 | how long CloudWatch keeps the logs: 7, 14, 30, 90, 180 or 365 |

The URL of the Slack incoming webhook is put into the secret whose ARN the stack prints as \`SlackWebhookSecretArn\`.

## Of the functions

Set by the stack; nobody needs to.

${table(
  ['function', 'environment'],
  Object.entries(FUNCTION_SETTINGS).map(([name, schema]) => [
    `\`${name}\``,
    Object.keys(schema.shape)
      .map((key) => `\`${key}\``)
      .join(', '),
  ]),
)}
`;

export const decisionTablePage = (): string =>
  `# Decision table

${CISA_COORDINATOR.id} ${CISA_COORDINATOR.version}, [as published](${CISA_COORDINATOR.source}). It gives the base decision of a vulnerability; the
rules that may change it are described in [priority](../priority.md).

${table(
  [...CISA_COORDINATOR.points.map(({ name }) => name), 'decision'],
  CISA_COORDINATOR.rows.map(([values, outcome]) => [...values, `**${outcome.replace('*', '\\*')}**`]),
)}
`;

export const directivePage = (): string =>
  `# CISA BOD 26-04

${BOD_26_04.id} ${BOD_26_04.version}, [as published](${BOD_26_04.source}): how soon a federal agency must remediate. Every decision about
a vulnerability names its row; it decides due dates or a floor only where the [policy](../policy.md) says so.

${table(
  [...BOD_26_04.points.map(({ name }) => name), 'remediate'],
  BOD_26_04.rows.map(([values, timeline]) => [...values, timeline]),
)}
`;

export const ratesPage = (): string =>
  `# Rates of AWS

How often an operation may be called, per account and Region, with \`npm start -- --throttling\`: so many calls a second,
and so many at once after a pause. Operations in one row share it. SQS standard queues and DynamoDB on demand have none
that would be reached here.

${table(
  ['service', 'operations', 'a second', 'at once', 'source'],
  LIMITS.map(({ service, operations, perSecond, burst, source }) => [
    service,
    operations === 'each other' ? '_each other_' : operations.join(', '),
    String(perSecond),
    String(burst),
    'published' in source ? `[AWS](${source.published})` : `assumed: ${source.assumed}`,
  ]),
)}
`;
