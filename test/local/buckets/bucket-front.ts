/** S3 as the local runtime answers it, on the loopback interface, with a real SDK client for it. */
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { createBuckets } from '../../../local/buckets/buckets.ts';
import { createClock, type LocalClock } from '../../../local/clock.ts';
import type { AwsCall, FinishedCall } from '../../../local/endpoint/endpoint.ts';
import { createQueues, type Queues } from '../../../local/queues/queues.ts';
import { type HttpServer, startServer } from '../../support/http-server.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const BUCKET = 'inspections';

export interface BucketFront {
  readonly endpoint: string;
  readonly port: number;
  readonly clock: LocalClock;
  readonly queues: Queues;
  readonly calls: FinishedCall[];
  readonly faults: unknown[];
  readonly client: (config?: S3ClientConfig) => S3Client;
  readonly close: () => Promise<void>;
}

type Judge = (call: AwsCall) => void;
const allow: Judge = () => undefined;

/** With one bucket, and all objects under `old/` expired after seven days. */
export const startBuckets = async ({
  admit = allow,
  authorize = allow,
}: {
  readonly admit?: Judge;
  readonly authorize?: Judge;
} = {}): Promise<BucketFront> => {
  const clock = createClock();
  const calls: FinishedCall[] = [];
  const faults: unknown[] = [];
  const clients: S3Client[] = [];
  const queues = await createQueues({ clock, account: ACCOUNT, region: REGION, endpoint: 'http://127.0.0.1' });
  await queues.createBucket(BUCKET, [{ prefix: 'old/', days: 7 }]);
  const onCall = (call: FinishedCall): void => void calls.push(call);
  const handle = createBuckets({ account: ACCOUNT, admit, authorize, onCall, wire: queues.wire });
  const server: HttpServer = await startServer((request, response) => {
    Promise.resolve(handle(request, response)).catch((error: unknown) => {
      faults.push(error);
      response.writeHead(500).end();
    });
  });
  return {
    endpoint: server.url,
    port: Number(new URL(server.url).port),
    clock,
    queues,
    calls,
    faults,
    client: (config) => {
      const client = new S3Client({
        endpoint: server.url,
        region: REGION,
        credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'any' },
        forcePathStyle: true,
        maxAttempts: 1,
        ...config,
      });
      clients.push(client);
      return client;
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await queues.close();
      await server.close();
    },
  };
};
