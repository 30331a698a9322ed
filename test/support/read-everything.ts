/** Everything that the local runtime keeps, as any client reads it: items, objects, and the messages of every queue. */
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { PeekedMessage } from '../../local/queues/protocol.ts';
import type { Runtime } from '../../local/runtime.ts';

export type Item = Readonly<Record<string, unknown>>;

const clientOf = ({ endpoint, region }: Runtime) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
});

export const readItems = async (runtime: Runtime): Promise<readonly Item[]> => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOf(runtime)));
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  const found: Item[] = [];
  for (const TableName of TableNames)
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) found.push(...Items);
  client.destroy();
  return found;
};

/** Key → content, unzipped. */
export const readObjects = async (runtime: Runtime): Promise<ReadonlyMap<string, string>> => {
  const client = new S3Client({ ...clientOf(runtime), forcePathStyle: true });
  const { Buckets = [] } = await client.send(new ListBucketsCommand());
  const found = new Map<string, string>();
  for (const { Name: Bucket } of Buckets)
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
      for (const { Key = '' } of Contents) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
        found.set(Key, (Key.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes)).toString('utf8'));
      }
  client.destroy();
  return found;
};

export const readQueues = async (runtime: Runtime): Promise<readonly PeekedMessage[]> => {
  const names = Object.keys((await runtime.state()).queues);
  return (await Promise.all(names.map((name) => runtime.peek(name)))).flat();
};
