/** Environment to adapters to use case. */

import { dynamoDbDossierStore } from '../../shared/aws/dynamodb-dossier-store.ts';
import { ecrImageSource } from '../../shared/aws/ecr-image-source.ts';
import { ecsWorkloadSource } from '../../shared/aws/ecs-workload-source.ts';
import { sqsClient, sqsDeadLetterQueue, sqsDecidedQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { parseEnvelope } from '../../shared/events/envelope.ts';
import { vulnerabilityFromEvent } from '../../shared/events/inspector.ts';
import { fetchBytes } from '../../shared/http/fetch-bytes.ts';
import { processRecords } from '../../shared/pipeline/process-records.ts';
import { processVulnerabilities } from '../../shared/pipeline/process-vulnerabilities.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS['on-finding']);
  const clock = systemClock;
  const sqs = sqsClient();
  const ports = {
    images: ecrImageSource(fetchBytes),
    dossiers: dynamoDbDossierStore(stateTableClient(), settings.TABLE_NAME, clock),
    workloads: ecsWorkloadSource(clock),
    decided: sqsDecidedQueue(sqs, settings.DECIDED_QUEUE_URL),
    clock,
  };
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqs, settings.DEAD_LETTER_QUEUE_URL),
    process: (bodies) =>
      processRecords(
        bodies,
        (body) => vulnerabilityFromEvent(parseEnvelope(body)),
        (findings) => processVulnerabilities(findings, ports),
      ),
  };
};
