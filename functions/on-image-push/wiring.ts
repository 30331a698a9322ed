/** Environment to adapters to use case. */

import { dynamoDbDossierStore } from '../../shared/aws/dynamodb-dossier-store.ts';
import { dynamoDbLayerWaits } from '../../shared/aws/dynamodb-layer-waits.ts';
import { dynamoDbPushStore } from '../../shared/aws/dynamodb-push-store.ts';
import { ecrImageSource } from '../../shared/aws/ecr-image-source.ts';
import { s3Client, s3LayerReports } from '../../shared/aws/s3-inspections.ts';
import { sqsInspectionQueue, sqsLayerQueue } from '../../shared/aws/sqs-inspection-queues.ts';
import { sqsClient, sqsDeadLetterQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { imagePushedFromEvent } from '../../shared/events/ecr.ts';
import { parseEnvelope } from '../../shared/events/envelope.ts';
import { fetchBytes } from '../../shared/http/fetch-bytes.ts';
import { planInspection } from '../../shared/pipeline/plan-inspection.ts';
import { oneByOne, processRecords } from '../../shared/pipeline/process-records.ts';
import { recordPush } from '../../shared/pipeline/record-push.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS['on-image-push']);
  const clock = systemClock;
  const sqs = sqsClient();
  const table = stateTableClient();
  const ports = {
    images: ecrImageSource(fetchBytes),
    dossiers: dynamoDbDossierStore(table, settings.TABLE_NAME, clock),
    reports: s3LayerReports(s3Client(), settings.BUCKET_NAME),
    waits: dynamoDbLayerWaits(table, settings.TABLE_NAME, clock),
    pushes: dynamoDbPushStore(table, settings.TABLE_NAME, clock),
    layerQueue: sqsLayerQueue(sqs, settings.LAYER_QUEUE_URL),
    inspectionQueue: sqsInspectionQueue(sqs, settings.INSPECTION_QUEUE_URL),
    clock,
  };
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqs, settings.DEAD_LETTER_QUEUE_URL),
    process: (bodies) =>
      processRecords(
        bodies,
        (body) => imagePushedFromEvent(parseEnvelope(body)),
        oneByOne((pushed) => recordPush(pushed, (image, push) => planInspection(image, push, ports))),
      ),
  };
};
