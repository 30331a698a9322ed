/** Environment to adapters to use case. */

import { dynamoDbLayerWaits } from '../../shared/aws/dynamodb-layer-waits.ts';
import { ecrLayerSource } from '../../shared/aws/ecr-layer-source.ts';
import { s3Client, s3LayerReports } from '../../shared/aws/s3-inspections.ts';
import { secretReader } from '../../shared/aws/secrets-manager-source.ts';
import { sqsInspectionQueue } from '../../shared/aws/sqs-inspection-queues.ts';
import { sqsClient, sqsDeadLetterQueue, sqsSourceQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { openStream } from '../../shared/http/open-stream.ts';
import { fingerprintWith } from '../../shared/layer/fingerprint.ts';
import { scanLayer } from '../../shared/layer/scan-layer.ts';
import { parseLayerTask } from '../../shared/pipeline/inspection-task.ts';
import { oneByOne, processRecords } from '../../shared/pipeline/process-records.ts';
import { retryPauseSeconds } from '../../shared/pipeline/retry-pause.ts';
import { type ScanLayerPorts, scanLayerTask } from '../../shared/pipeline/scan-layer-task.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS['scan-layer']);
  const clock = systemClock;
  const sqs = sqsClient();
  const readKey = secretReader(settings.FINGERPRINT_KEY_SECRET_ARN, clock);
  const layers = ecrLayerSource(openStream);
  const ports: ScanLayerPorts = {
    layers: {
      // The key first: a download that is opened, and then not read for want of it, would be left running.
      open: async (image, layer) => {
        await readKey();
        return layers.open(image, layer);
      },
    },
    reports: s3LayerReports(s3Client(), settings.BUCKET_NAME),
    waits: dynamoDbLayerWaits(stateTableClient(), settings.TABLE_NAME, clock),
    inspectionQueue: sqsInspectionQueue(sqs, settings.INSPECTION_QUEUE_URL),
    scan: async (source, { digest, size, mediaType, diffId }) =>
      scanLayer(source, {
        digest,
        size,
        mediaType,
        ...(diffId !== undefined && { expectedDiffId: diffId }),
        now: () => clock.now().getTime(),
        fingerprint: fingerprintWith(await readKey()),
      }),
  };
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqs, settings.DEAD_LETTER_QUEUE_URL),
    retries: { queue: sqsSourceQueue(sqs, settings.SOURCE_QUEUE_URL), afterSeconds: retryPauseSeconds },
    process: (bodies, receives) =>
      processRecords(
        bodies,
        (body, at) => ({
          task: parseLayerTask(body),
          delivery: { isLast: (receives[at] ?? 1) >= settings.RECEIVES, timeoutSeconds: settings.TIMEOUT_SECONDS },
        }),
        oneByOne(({ task, delivery }) => scanLayerTask(task, delivery, ports)),
      ),
  };
};
