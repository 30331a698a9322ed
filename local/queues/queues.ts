/** The queues of the local runtime as the main thread sees them, and with them the buckets: in a thread of their own. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import type { LocalClock } from '../clock.ts';
import type { OperationCall, QueueOperations, ThreadMessage, ThreadSettings } from './protocol.ts';

export interface QueuesOptions {
  readonly clock: LocalClock;
  readonly account: string;
  readonly region: string;
  /** Where the front server answers, e.g. `http://127.0.0.1:4566`: the start of every queue URL handed out. */
  readonly endpoint: string;
}

export interface Queues
  extends Pick<
    QueueOperations,
    'wire' | 'receive' | 'deleteMessages' | 'purge' | 'peek' | 'snapshot' | 'due' | 'createBucket' | 'countObjects'
  > {
  /** Answers one SQS, SNS, STS or S3 request as it came over the wire. `body` is for a server that has already read it. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, body?: Buffer) => void;
  readonly createQueue: (queue: {
    readonly name: string;
    readonly attributes?: Readonly<Record<string, string>>;
  }) => Promise<void>;
  /** Sends one message; `attributes` become message attributes of type String. */
  readonly send: (name: string, body: string, attributes?: Readonly<Record<string, string>>) => Promise<void>;
  readonly url: (name: string) => string;
  readonly arn: (name: string) => string;
  /**
   * Calls `listener` while the queue has visible messages: after every change of any queue, after a delay or a
   * visibility timeout ended, after an advance. Returns the function that stops it.
   */
  readonly onVisible: (name: string, listener: () => void) => () => void;
  /** Ends long polls, answers what is under way, and ends the thread. */
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export const createQueues = async ({ clock, account, region, endpoint }: QueuesOptions): Promise<Queues> => {
  const settings: ThreadSettings = { account, region, endpoint, clockOffset: clock.offset };
  const thread = new Worker(new URL('./queue-thread.ts', import.meta.url), {
    workerData: settings,
    env: {},
    argv: [],
    execArgv: [],
  });
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<() => void>>();
  let lastId = 0;
  let ended: Error | undefined;

  const call = <Name extends keyof QueueOperations>(
    operation: Name,
    ...args: Parameters<QueueOperations[Name]>
  ): Promise<Awaited<ReturnType<QueueOperations[Name]>>> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      thread.postMessage({ id: lastId, operation, args } satisfies OperationCall);
    });

  const hear = (message: ThreadMessage<never>): void => {
    if (message.kind === 'visible') {
      for (const queue of message.queues) for (const listener of listeners.get(queue) ?? []) listener();
      return;
    }
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') caller?.resolve(message.value);
    else caller?.reject(message.error);
  };

  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  thread.on('message', hear);
  thread.on('error', (cause) => end(new Error('The queue thread failed.', { cause })));
  const exited = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      end(new Error('The queues are closed.'));
      resolve();
    });
  });
  const stopListening = clock.onAdvance(() => void call('recheck').catch(end));

  const answer = async (request: IncomingMessage, response: ServerResponse, read?: Buffer): Promise<void> => {
    const { method = 'GET', url = '/', headers } = request;
    const answered = await call('wire', { method, url, headers, body: read ?? (await buffer(request)) });
    response.writeHead(answered.status, answered.headers);
    response.end(answered.body);
  };

  // A first answer shows that the thread is up, or why it is not.
  await call('snapshot');

  return {
    handle: (request, response, body) => {
      answer(request, response, body).catch((error: unknown) => {
        // Nobody hears an answer when the client went away while it sent or waited.
        if (response.destroyed || response.headersSent) return response.destroy();
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(String(error));
      });
    },
    createQueue: ({ name, attributes = {} }) => call('createQueue', name, attributes),
    send: (name, body, attributes = {}) =>
      call(
        'send',
        name,
        body,
        Object.fromEntries(
          Object.entries(attributes).map(([key, value]) => [key, { DataType: 'String', StringValue: value }]),
        ),
      ),
    wire: (request) => call('wire', request),
    receive: (name, max) => call('receive', name, max),
    deleteMessages: (name, receiptHandles) => call('deleteMessages', name, receiptHandles),
    purge: (name) => call('purge', name),
    peek: (name) => call('peek', name),
    snapshot: () => call('snapshot'),
    due: () => call('due'),
    createBucket: (name, expirations) => call('createBucket', name, expirations),
    countObjects: () => call('countObjects'),
    url: (name) => `${endpoint}/${account}/${name}`,
    arn: (name) => `arn:aws:sqs:${region}:${account}:${name}`,
    onVisible: (name, listener) => {
      const ofQueue = listeners.get(name) ?? new Set();
      listeners.set(name, ofQueue.add(listener));
      return () => ofQueue.delete(listener);
    },
    close: async () => {
      stopListening();
      if (ended === undefined) await call('close');
      await exited;
    },
  };
};
