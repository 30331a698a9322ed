/** Environment to adapters to use case. */

import { dynamoDbChainStore } from '../../shared/aws/dynamodb-chain-store.ts';
import { dynamoDbDossierStore } from '../../shared/aws/dynamodb-dossier-store.ts';
import { dynamoDbIssueLedger } from '../../shared/aws/dynamodb-issue-ledger.ts';
import { dynamoDbPushStore } from '../../shared/aws/dynamodb-push-store.ts';
import { ecrImageSource } from '../../shared/aws/ecr-image-source.ts';
import { ecrRegistryFacts } from '../../shared/aws/ecr-registry-facts.ts';
import { ecrRepositoryTags } from '../../shared/aws/ecr-repository-tags.ts';
import { ecsWorkloadSource } from '../../shared/aws/ecs-workload-source.ts';
import { s3Client, s3Components, s3LayerReports } from '../../shared/aws/s3-inspections.ts';
import { sqsClient, sqsDeadLetterQueue, sqsDecidedQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { fetchBytes } from '../../shared/http/fetch-bytes.ts';
import { completeInspection } from '../../shared/pipeline/complete-inspection.ts';
import { parseInspectionTask } from '../../shared/pipeline/inspection-task.ts';
import { oneByOne, processRecords } from '../../shared/pipeline/process-records.ts';
import { bundledPolicy } from '../bundled-policy.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS['inspect-image']);
  const clock = systemClock;
  const sqs = sqsClient();
  const s3 = s3Client();
  const table = stateTableClient();
  const ports = {
    images: ecrImageSource(fetchBytes),
    registry: ecrRegistryFacts(),
    dossiers: dynamoDbDossierStore(table, settings.TABLE_NAME, clock),
    pushes: dynamoDbPushStore(table, settings.TABLE_NAME, clock),
    chains: dynamoDbChainStore(table, settings.TABLE_NAME, clock),
    ledger: dynamoDbIssueLedger(table, settings.TABLE_NAME, clock),
    reports: s3LayerReports(s3, settings.BUCKET_NAME),
    components: s3Components(s3, settings.BUCKET_NAME),
    workloads: ecsWorkloadSource(clock),
    repositoryTags: ecrRepositoryTags(clock),
    decided: sqsDecidedQueue(sqs, settings.DECIDED_QUEUE_URL),
    clock,
  };
  const policy = bundledPolicy();
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqs, settings.DEAD_LETTER_QUEUE_URL),
    process: (bodies, receives) =>
      processRecords(
        bodies,
        (body, at) => ({
          task: parseInspectionTask(body),
          delivery: { isLast: (receives[at] ?? 1) >= settings.RECEIVES },
        }),
        oneByOne(({ task, delivery }) => completeInspection(task, ports, policy, delivery)),
      ),
  };
};
