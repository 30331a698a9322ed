/** Environment to adapters to use case. */

import { dynamoDbKevStore } from '../../shared/aws/dynamodb-kev-store.ts';
import { sqsClient, sqsDeadLetterQueue } from '../../shared/aws/sqs-queues.ts';
import { stateTableClient } from '../../shared/aws/state-table.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { FUNCTION_SETTINGS } from '../../shared/config/function-settings.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { parseEnvelope } from '../../shared/events/envelope.ts';
import { kevFeed } from '../../shared/http/kev-feed.ts';
import { oneByOne, processRecords } from '../../shared/pipeline/process-records.ts';
import { refreshKev } from '../../shared/pipeline/refresh-kev.ts';
import type { Wiring } from '../sqs-handler.ts';

export const wiring = (): Wiring => {
  const settings = readSettings(FUNCTION_SETTINGS['refresh-kev']);
  const clock = systemClock;
  const ports = {
    feed: kevFeed(settings.KEV_FEED_URL),
    kev: dynamoDbKevStore(stateTableClient(), settings.TABLE_NAME, clock),
    clock,
  };
  return {
    functionName: settings.FUNCTION,
    deadLetters: sqsDeadLetterQueue(sqsClient(), settings.DEAD_LETTER_QUEUE_URL),
    process: (bodies) =>
      processRecords(
        bodies,
        // That the schedule's event comes is all it says.
        parseEnvelope,
        oneByOne(() => refreshKev(ports)),
      ),
  };
};
