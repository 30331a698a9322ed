/** The embedded SQS, SNS and S3 server with the account, the queue URLs and the message timer limit that it lacks. */
import { registerHooks } from 'node:module';
import type { BuildAppOptions } from 'fauxqs';
import { type RefusedEntry, splitByTimer, timerRefusal } from './message-timer.ts';
import type { ThreadSettings } from './protocol.ts';

type Stores = NonNullable<BuildAppOptions['stores']>;
export type SqsStore = Stores['sqsStore'];
export type SqsQueue = NonNullable<ReturnType<SqsStore['getQueue']>>;

// fauxqs refuses what lies beyond U+FFFF, an emoji for example, which SQS takes.
const BODY_CHARACTERS = '\\uE000-\\uFFFD]/;';
const ALL_BODY_CHARACTERS = '\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]/u;';
// fauxqs has one account, written as a literal into its modules; they are loaded with the account of the runtime instead.
const FIXED_ACCOUNT = '"000000000000"';

const useAccount = (account: string, fauxqs: string): void => {
  const modules = new URL('.', fauxqs).href;
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      return url.startsWith(modules) && loaded.source !== undefined && loaded.source !== null
        ? {
            ...loaded,
            source: textOf(loaded.source)
              .replaceAll(FIXED_ACCOUNT, JSON.stringify(account))
              .replaceAll(BODY_CHARACTERS, ALL_BODY_CHARACTERS),
          }
        : loaded;
    },
  });
};

const textOf = (source: string | ArrayBuffer | NodeJS.TypedArray): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source);

/** The server, not listening, and its queue store. To be called once in a thread, after the clock was installed. */
export const createEmbeddedServer = async ({ account, region, endpoint }: Omit<ThreadSettings, 'clockOffset'>) => {
  const fauxqs = import.meta.resolve('fauxqs');
  useAccount(account, fauxqs);
  const { buildApp } = await import('fauxqs');
  // The package does not export its stores, and without them nobody sees a message become visible.
  const { SqsStore }: { SqsStore: new () => Stores['sqsStore'] } = await import(
    new URL('sqs/sqsStore.js', fauxqs).href
  );
  const { SnsStore }: { SnsStore: new () => Stores['snsStore'] } = await import(
    new URL('sns/snsStore.js', fauxqs).href
  );
  const { S3Store }: { S3Store: new () => Stores['s3Store'] } = await import(new URL('s3/s3Store.js', fauxqs).href);

  const sqsStore = new SqsStore();
  sqsStore.buildQueueUrl = (name) => `${endpoint}/${account}/${name}`;
  const stores = { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() };
  const app = buildApp({ logger: false, defaultRegion: region, stores });

  const refusedEntries = new WeakMap<object, readonly RefusedEntry[]>();
  app.addHook('preHandler', async (request, reply) => {
    const action = request.headers['x-amz-target'];
    if (action === 'AmazonSQS.SendMessage') {
      const message = timerRefusal(request.body);
      if (message === undefined) return;
      reply.header('x-amzn-query-error', 'InvalidParameterValue;Sender');
      return reply.code(400).send({ __type: 'com.amazonaws.sqs#InvalidParameterValue', message });
    }
    if (action === 'AmazonSQS.SendMessageBatch') {
      const split = splitByTimer(request.body);
      if (split.allRefused) return reply.send({ Successful: [], Failed: split.refused });
      request.body = split.request;
      refusedEntries.set(request, split.refused);
    }
  });
  app.addHook('preSerialization', async (request, _reply, payload) => {
    const refused = refusedEntries.get(request) ?? [];
    return refused.length > 0 && isBatchResult(payload)
      ? { ...payload, Failed: [...payload.Failed, ...refused] }
      : payload;
  });
  await app.ready();
  return { app, sqsStore };
};

const isBatchResult = (payload: unknown): payload is { readonly Failed: readonly unknown[] } =>
  typeof payload === 'object' && payload !== null && 'Failed' in payload && Array.isArray(payload.Failed);
