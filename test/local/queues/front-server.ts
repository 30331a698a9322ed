/** A front server on the loopback interface with the queues behind it, and real SDK clients for it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createClock, type LocalClock } from '../../../local/clock.ts';
import { createQueues, type Queues } from '../../../local/queues/queues.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

export interface Front {
  readonly clock: LocalClock;
  readonly queues: Queues;
  readonly endpoint: string;
  readonly sqs: SQSClient;
  readonly close: () => Promise<void>;
}

export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export const startFront = async (): Promise<Front> => {
  const clock = createClock();
  let queues: Queues | undefined;
  const server = createServer((request, response) => queues?.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  queues = await createQueues({ clock, account: ACCOUNT, region: REGION, endpoint });
  const opened = queues;
  const sqs = new SQSClient({ endpoint, region: REGION, credentials, useQueueUrlAsEndpoint: false });
  return {
    clock,
    queues: opened,
    endpoint,
    sqs,
    close: async () => {
      sqs.destroy();
      await opened.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
