/** The embedded SQS, SNS and S3 server as the runtime needs it: with its account, its queue URLs and the rules of SQS. */
import { registerHooks } from 'node:module';
import { createStoredBuckets } from '../buckets/stored-buckets.ts';
import { AwsError, notImplemented } from '../endpoint/aws-error.ts';
import type { SqsStore, Stores } from './embedded-store.ts';
import { type ErrorAnswer, errorAnswer } from './error-answer.ts';
import { createHandleChecks } from './handle-limits.ts';
import { createMoveOperations } from './move-operations.ts';
import { createMoveTasks } from './move-tasks.ts';
import type { ThreadSettings } from './protocol.ts';
import { createQueueRules } from './queue-rules.ts';
import { createReceiptHandles } from './receipt-handle.ts';
import { dropExpired } from './retention.ts';
import { createReplacements, type Replacement, type Replacements } from './source-replacements.ts';
import { createRules } from './sqs-front.ts';

/** Of fauxqs's sources: what is replaced as they are loaded, because it has no setting. */
const replacementsFor = (account: string): readonly Replacement[] => [
  // It has one account, written as a literal.
  ['"000000000000"', JSON.stringify(account)],
  // It refuses what lies beyond U+FFFF, an emoji for example, which SQS takes.
  ['\\uE000-\\uFFFD]/;', '\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]/u;'],
  // It counts the base64 text of a binary attribute, SQS its bytes.
  ['byteLength(attr.BinaryValue, "utf8")', 'byteLength(attr.BinaryValue, "base64")'],
  // Requests are held to the limits of their service before they come here.
  ['bodyLimit: 11 * 1_048_576', 'bodyLimit: 65 * 1_048_576'],
  // S3 lists keys by their bytes; by the words of a language, a page could begin before the end of the last.
  ['a.key.localeCompare(b.key)', '(a.key < b.key ? -1 : 1)'],
  // A page that ends in a common prefix goes on after it.
  [
    'objects[objects.length - 1].key',
    '[objects[objects.length - 1].key, ...commonPrefixesData.map(({ Prefix }) => Prefix)].sort().at(-1)',
  ],
];

const replaceAsLoaded = ({ apply }: Replacements, fauxqs: string): void => {
  const modules = new URL('.', fauxqs).href;
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      if (!url.startsWith(modules) || loaded.source === undefined || loaded.source === null) return loaded;
      return { ...loaded, source: apply(textOf(loaded.source)) };
    },
  });
};

const textOf = (source: string | ArrayBuffer | NodeJS.TypedArray): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source);

// The package does not export its stores, and without them nobody sees a message become visible.
const createStores = async (fauxqs: string): Promise<Stores> => {
  const { SqsStore }: { SqsStore: new () => SqsStore } = await import(new URL('sqs/sqsStore.js', fauxqs).href);
  const { SnsStore }: { SnsStore: new () => Stores['snsStore'] } = await import(
    new URL('sns/snsStore.js', fauxqs).href
  );
  const { S3Store }: { S3Store: new () => Stores['s3Store'] } = await import(new URL('s3/s3Store.js', fauxqs).href);
  return { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
};

/** Operations of SQS that neither the embedded server nor this runtime has. */
const MISSING: ReadonlySet<string> = new Set(['AddPermission', 'RemovePermission']);

/**
 * The server, not listening, its queue store and its buckets. Rejects when the server's package is not as it is known here. To be
 * called once in a thread, after the clock was installed.
 */
export const createEmbeddedServer = async ({ account, region, endpoint }: Omit<ThreadSettings, 'clockOffset'>) => {
  const fauxqs = import.meta.resolve('fauxqs');
  const replacements = createReplacements(replacementsFor(account));
  replaceAsLoaded(replacements, fauxqs);
  const { buildApp } = await import('fauxqs');
  const stores = await createStores(fauxqs);
  replacements.requireAll();
  const { sqsStore } = stores;
  const handles = createReceiptHandles();
  const withRules = createQueueRules(handles);
  const createQueue = sqsStore.createQueue.bind(sqsStore);
  sqsStore.buildQueueUrl = (name) => `${endpoint}/${account}/${name}`;
  sqsStore.createQueue = (...queue) => withRules(createQueue(...queue));

  const app = buildApp({ logger: false, defaultRegion: region, stores });
  const moveTasks = createMoveTasks((arn) => sqsStore.getQueueByArn(arn));
  const own = new Map(Object.entries(createMoveOperations(sqsStore, moveTasks)));
  const rules = new Map(Object.entries(createRules(sqsStore, createHandleChecks(handles))));

  /** What is over by now is gone, what is due is visible, what may be moved is moved. */
  const catchUp = (): void => {
    for (const queue of sqsStore.allQueues()) dropExpired(queue, Date.now());
    sqsStore.processAllTimers();
    moveTasks.step();
  };

  const menders = new WeakMap<object, (answer: unknown) => unknown>();
  app.addHook('preHandler', async (request, reply) => {
    const operation = /^AmazonSQS\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1];
    if (operation === undefined) return;
    catchUp();
    reply.header('content-type', 'application/x-amz-json-1.0');
    try {
      if (MISSING.has(operation)) throw notImplemented(`sqs ${operation}`);
      const answered = own.get(operation)?.(request.body);
      if (answered !== undefined) return reply.send(answered);
      const passed = rules.get(operation)?.(request.body);
      if (passed === undefined) return;
      if ('answer' in passed) return reply.send(passed.answer);
      request.body = passed.request;
      if (passed.mend) menders.set(request, passed.mend);
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      const { status, queryError, body } = errorAnswer(thrown);
      return reply.code(status).header('x-amzn-query-error', queryError).send(body);
    }
  });
  app.addHook('preSerialization', async (request, reply, payload) => {
    const error = errorOf(payload);
    if (error === undefined) return menders.get(request)?.(payload) ?? payload;
    reply.header('x-amzn-query-error', error.queryError);
    return error.body;
  });
  await app.ready();
  return { app, sqsStore, buckets: createStoredBuckets(stores.s3Store), catchUp, nextMoves: moveTasks.nextSteps };
};

/** An error of the embedded server, which has SQS's codes but not always its form. */
const errorOf = (payload: unknown): ErrorAnswer | undefined => {
  if (typeof payload !== 'object' || payload === null) return undefined;
  if (!('__type' in payload && 'message' in payload)) return undefined;
  const code = /^com\.amazonaws\.sqs#(\w+)$/.exec(String(payload.__type))?.[1];
  return code === undefined ? undefined : errorAnswer(new AwsError(code, String(payload.message)));
};
