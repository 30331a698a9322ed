/** Environment to adapters to use case. */

import { dynamoDbAlertStore } from '../../shared/aws/dynamodb-alert-store.ts';
import { dynamoDbFindingStore } from '../../shared/aws/dynamodb-finding-store.ts';
import { secretReader } from '../../shared/aws/secrets-manager-source.ts';
import { sqsClient, sqsDeadLetterQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { slackWebhook } from '../../shared/http/slack-webhook.ts';
import { deliverAlert } from '../../shared/pipeline/deliver-alert.ts';
import { parseDueAlert } from '../../shared/pipeline/due-alert.ts';
import { oneByOne, processRecords } from '../../shared/pipeline/process-records.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS.notify);
  const clock = systemClock;
  const table = stateTableClient();
  const ports = {
    findings: dynamoDbFindingStore(table, settings.TABLE_NAME, clock),
    alerts: dynamoDbAlertStore(table, settings.TABLE_NAME, clock),
    chat: slackWebhook(secretReader(settings.SLACK_WEBHOOK_SECRET_ARN, clock)),
    clock,
  };
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqsClient(), settings.DEAD_LETTER_QUEUE_URL),
    process: (bodies) =>
      processRecords(
        bodies,
        parseDueAlert,
        oneByOne(({ group }) => deliverAlert(group, ports)),
      ),
  };
};
