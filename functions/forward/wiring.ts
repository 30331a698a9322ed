/** Environment to adapters to use case. */

import { dynamoDbAlertStore } from '../../shared/aws/dynamodb-alert-store.ts';
import { dynamoDbDecisionStore } from '../../shared/aws/dynamodb-decision-store.ts';
import { dynamoDbFindingStore } from '../../shared/aws/dynamodb-finding-store.ts';
import { securityHubSink } from '../../shared/aws/security-hub-sink.ts';
import { sqsAlertQueue, sqsClient, sqsDeadLetterQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { forwardFindings } from '../../shared/pipeline/forward-findings.ts';
import { parseDecidedFinding } from '../../shared/pipeline/parse-decided-finding.ts';
import { processRecords } from '../../shared/pipeline/process-records.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS.forward);
  const clock = systemClock;
  const sqs = sqsClient();
  const table = stateTableClient();
  const ports = {
    findings: dynamoDbFindingStore(table, settings.TABLE_NAME, clock),
    decisions: dynamoDbDecisionStore(table, settings.TABLE_NAME, clock),
    hub: securityHubSink(),
    alerts: dynamoDbAlertStore(table, settings.TABLE_NAME, clock),
    alertQueue: sqsAlertQueue(sqs, settings.ALERT_QUEUE_URL),
    clock,
  };
  const forwardSettings = {
    hub: { account: settings.HUB_ACCOUNT, region: settings.HUB_REGION, partition: settings.HUB_PARTITION },
    groupWaitSeconds: settings.GROUP_WAIT_SECONDS,
  };
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqs, settings.DEAD_LETTER_QUEUE_URL),
    process: (bodies) =>
      processRecords(bodies, parseDecidedFinding, (decided) => forwardFindings(decided, ports, forwardSettings)),
  };
};
