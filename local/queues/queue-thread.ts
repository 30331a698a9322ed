/** The thread in which the queues live: its own `Date` follows the clock, because the embedded server reads it. */
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from '../clock-offset.ts';
import { createEmbeddedServer } from './embedded-server.ts';
import type { SqsQueue } from './embedded-store.ts';
import type { NextStep } from './move-tasks.ts';
import type { DueMessages, OperationCall, QueueOperations, ThreadMessage, ThreadSettings } from './protocol.ts';
import { countsOf, dueOf, dueTimesOf, messagesOf, receiveFrom } from './queue-view.ts';

const settings: ThreadSettings = workerData;
if (parentPort === null) throw new Error('The queues run in a worker thread only.');
const port = parentPort;

installClock(settings.clockOffset);
const { app, sqsStore, buckets, catchUp, nextMoves } = await createEmbeddedServer(settings);

const queueNamed = (name: string): SqsQueue => {
  const queue = sqsStore.getQueueByName(name);
  if (queue === undefined) throw new Error(`There is no queue ${name}.`);
  return queue;
};

let settling: NodeJS.Immediate | undefined;
let nextDue: NodeJS.Timeout | undefined;

/** After anything that may have changed a queue: what is due becomes visible, and the main thread hears of it. */
const settle = (): void => {
  settling ??= setImmediate(() => {
    settling = undefined;
    catchUp();
    const queues = [...sqsStore.allQueues()];
    const visible = queues.filter((queue) => countsOf(queue).visible > 0).map((queue) => queue.name);
    if (visible.length > 0) port.postMessage({ kind: 'visible', queues: visible });
    clearTimeout(nextDue);
    const times = [
      ...queues.flatMap((queue) => Object.values(dueTimesOf(queue)).flat()),
      ...nextMoves().map(({ at }) => at),
    ];
    const earliest = times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY);
    if (Number.isFinite(earliest)) nextDue = setTimeout(settle, Math.max(0, earliest - Date.now()));
  });
};

const dueMoveOf = ({ sourceArn, left, at }: NextStep): DueMessages => ({
  queue: sqsStore.getQueueByArn(sourceArn)?.name ?? sourceArn,
  what: 'to-be-moved',
  at: new Date(at),
  count: left,
});

const callSqs = async (action: string, input: unknown): Promise<void> => {
  const response = await app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` },
    payload: JSON.stringify(input),
  });
  if (response.statusCode !== 200) throw new Error(`SQS refused ${action}: ${response.payload}`);
};

const operations: QueueOperations = {
  wire: async ({ method, url, headers, body }) => {
    buckets.dropExpired(Date.now());
    // The body is whole here, so its framing headers no longer hold.
    const { 'transfer-encoding': _transfer, connection: _connection, expect: _expect, ...kept } = headers;
    const response = await app.inject({
      method: injectMethod(method),
      url,
      headers: { ...kept, 'content-length': String(body.byteLength) },
      payload: Buffer.from(body),
    });
    // The connection is the front's own.
    const { connection: _inner, ...answered } = response.headers;
    return { status: response.statusCode, headers: answered, body: response.rawPayload };
  },
  createQueue: (name, attributes) => callSqs('CreateQueue', { QueueName: name, Attributes: attributes }),
  send: (name, body, messageAttributes) =>
    callSqs('SendMessage', {
      QueueUrl: queueNamed(name).url,
      MessageBody: body,
      MessageAttributes: messageAttributes,
    }),
  receive: async (name, max) =>
    receiveFrom(queueNamed(name), max, settings.account, (arn) => sqsStore.getQueueByArn(arn)),
  deleteMessages: async (name, receiptHandles) => {
    const queue = queueNamed(name);
    for (const handle of receiptHandles) queue.deleteMessage(handle);
  },
  purge: async (name) => queueNamed(name).purge(),
  peek: async (name) => {
    catchUp();
    return messagesOf(queueNamed(name), settings.account);
  },
  snapshot: async () => {
    catchUp();
    return Object.fromEntries([...sqsStore.allQueues()].map((queue) => [queue.name, countsOf(queue)]));
  },
  due: async () => {
    catchUp();
    const messages = [...sqsStore.allQueues()].flatMap(dueOf);
    return [...messages, ...nextMoves().map(dueMoveOf)].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  },
  createBucket: async (name, expirations) => buckets.create(name, expirations),
  countObjects: async () => {
    buckets.dropExpired(Date.now());
    return buckets.counts();
  },
  recheck: async () => {},
  close: async () => {
    await app.close();
  },
};

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'] as const;
const injectMethod = (method: string): (typeof METHODS)[number] => {
  const known = METHODS.find((candidate) => candidate === method);
  if (known === undefined) throw new Error(`No AWS request has the method ${method}.`);
  return known;
};

const answer = async ({ id, operation, args }: OperationCall): Promise<ThreadMessage<unknown>> => {
  try {
    return { kind: 'answer', id, value: await Reflect.apply(operations[operation], undefined, args) };
  } catch (thrown) {
    return { kind: 'refusal', id, error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }
};

port.on('message', async (call: OperationCall) => {
  const message = await answer(call);
  port.postMessage(message);
  if (call.operation !== 'close') return settle();
  clearImmediate(settling);
  clearTimeout(nextDue);
  port.close();
});
