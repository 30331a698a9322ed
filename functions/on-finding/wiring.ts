/** Environment to adapters to use case. */

import { dynamoDbDetailsStore } from '../../shared/aws/dynamodb-details-store.ts';
import { dynamoDbDossierStore } from '../../shared/aws/dynamodb-dossier-store.ts';
import { dynamoDbKevStore } from '../../shared/aws/dynamodb-kev-store.ts';
import { ecrImageSource } from '../../shared/aws/ecr-image-source.ts';
import { ecrRepositoryTags } from '../../shared/aws/ecr-repository-tags.ts';
import { ecsWorkloadSource } from '../../shared/aws/ecs-workload-source.ts';
import { inspectorDetailsSource } from '../../shared/aws/inspector-details-source.ts';
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
import { bundledPolicy } from '../bundled-policy.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS['on-finding']);
  const clock = systemClock;
  const sqs = sqsClient();
  const table = stateTableClient();
  const ports = {
    images: ecrImageSource(fetchBytes),
    dossiers: dynamoDbDossierStore(table, settings.TABLE_NAME, clock),
    workloads: ecsWorkloadSource(clock),
    repositoryTags: ecrRepositoryTags(clock),
    kev: dynamoDbKevStore(table, settings.TABLE_NAME, clock),
    details: dynamoDbDetailsStore(table, settings.TABLE_NAME),
    detailsSource: inspectorDetailsSource(),
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
        (body) => vulnerabilityFromEvent(parseEnvelope(body)),
        (findings) => processVulnerabilities(findings, ports, policy),
      ),
  };
};
