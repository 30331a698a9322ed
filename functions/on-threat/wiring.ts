/** Environment to adapters to use case. */

import { dynamoDbDossierStore } from '../../shared/aws/dynamodb-dossier-store.ts';
import { ecrRepositoryTags } from '../../shared/aws/ecr-repository-tags.ts';
import { ecsWorkloadSource } from '../../shared/aws/ecs-workload-source.ts';
import { sqsClient, sqsDeadLetterQueue, sqsDecidedQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { parseEnvelope } from '../../shared/events/envelope.ts';
import { threatFromEvent } from '../../shared/events/guardduty.ts';
import { processRecords } from '../../shared/pipeline/process-records.ts';
import { processThreats } from '../../shared/pipeline/process-threats.ts';
import { bundledPolicy } from '../bundled-policy.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS['on-threat']);
  const clock = systemClock;
  const sqs = sqsClient();
  const ports = {
    workloads: ecsWorkloadSource(clock),
    dossiers: dynamoDbDossierStore(stateTableClient(), settings.TABLE_NAME, clock),
    repositoryTags: ecrRepositoryTags(clock),
    decided: sqsDecidedQueue(sqs, settings.DECIDED_QUEUE_URL),
    clock,
  };
  const policy = bundledPolicy();
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqs, settings.DEAD_LETTER_QUEUE_URL),
    process: (bodies) =>
      processRecords(
        bodies,
        (body) => threatFromEvent(parseEnvelope(body)),
        (threats) => processThreats(threats, ports, policy),
      ),
  };
};
