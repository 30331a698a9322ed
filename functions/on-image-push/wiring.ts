/** Environment to adapters to use case. */

import { dynamoDbDossierStore } from '../../shared/aws/dynamodb-dossier-store.ts';
import { ecrImageSource } from '../../shared/aws/ecr-image-source.ts';
import { sqsClient, sqsDeadLetterQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { imagePushedFromEvent } from '../../shared/events/ecr.ts';
import { parseEnvelope } from '../../shared/events/envelope.ts';
import { fetchBytes } from '../../shared/http/fetch-bytes.ts';
import { oneByOne, processRecords } from '../../shared/pipeline/process-records.ts';
import { recordPush } from '../../shared/pipeline/record-push.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS['on-image-push']);
  const clock = systemClock;
  const ports = {
    images: ecrImageSource(fetchBytes),
    dossiers: dynamoDbDossierStore(stateTableClient(), settings.TABLE_NAME, clock),
    clock,
  };
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqsClient(), settings.DEAD_LETTER_QUEUE_URL),
    process: (bodies) =>
      processRecords(
        bodies,
        (body) => imagePushedFromEvent(parseEnvelope(body)),
        oneByOne((pushed) => recordPush(pushed, ports)),
      ),
  };
};
