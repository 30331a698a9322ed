/** What stands before the embedded server: each SQS request is checked, answered here, or passed on and its answer mended. */
import { z } from 'zod';
import { AwsError } from '../endpoint/aws-error.ts';
import { type Batch, checkBatch, splitBatch } from './batch.ts';
import type { SqsQueue, SqsStore } from './embedded-store.ts';
import type { HandleChecks } from './handle-limits.ts';
import { checkMessage, checkMessageBatch, SendMessageBatchRequest, SendMessageRequest } from './message-limits.ts';
import { checkAttributeNames, checkQueueAttributes, checkQueueName } from './queue-attributes.ts';
import { readRequest, required } from './read-request.ts';
import { mendReceived } from './received.ts';
import { checkRedrivePolicy } from './redrive-policy.ts';

/** `request` goes on to the embedded server, whose answer is given through `mend`. */
export type Passed =
  | { readonly answer: unknown }
  | { readonly request: unknown; readonly mend?: (answer: unknown) => unknown };

type Rule = (body: unknown) => Passed;

const CreateQueueRequest = z.looseObject({
  QueueName: z.string().optional(),
  Attributes: z.record(z.string(), z.string()).optional(),
});
const OfQueue = z.looseObject({ QueueUrl: z.string().optional() });
const SetAttributesRequest = OfQueue.extend({ Attributes: z.record(z.string(), z.string()).optional() });
const GetAttributesRequest = OfQueue.extend({ AttributeNames: z.array(z.string()).optional() });
const handled = { ReceiptHandle: z.string().optional(), VisibilityTimeout: z.int().optional() };
const HandleRequest = OfQueue.extend(handled);
const HandleBatchRequest = OfQueue.extend({
  Entries: z.array(z.looseObject({ Id: z.string(), ...handled })).optional(),
});
const BatchAnswer = z.looseObject({ Failed: z.array(z.unknown()) });

const PURGE_INTERVAL_MS = 60_000;

/** By operation; what has no rule is passed on as it is. Each throws an AwsError as SQS refuses it. */
export const createRules = (store: SqsStore, handles: HandleChecks): Readonly<Record<string, Rule>> => {
  const purges = new WeakMap<SqsQueue, number>();
  const queueByArn = (arn: string) => store.getQueueByArn(arn);
  const queueOf = (url: string | undefined): SqsQueue => {
    const queue = store.getQueue(required(url, 'QueueUrl'));
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  const checkAttributes = (attributes: Readonly<Record<string, string>>, fifo: boolean): void => {
    checkQueueAttributes(attributes, { fifo });
    if (attributes.RedrivePolicy) checkRedrivePolicy(attributes.RedrivePolicy, { fifo, queueByArn });
  };
  const withHandle =
    (check: (queue: SqsQueue, handle: string | undefined) => void): Rule =>
    (body) => {
      const { QueueUrl, ReceiptHandle } = readRequest(HandleRequest, body);
      check(queueOf(QueueUrl), ReceiptHandle);
      return { request: body };
    };
  const withHandles =
    (check: (queue: SqsQueue, handle: string | undefined) => void): Rule =>
    (body) => {
      const request = readRequest(HandleBatchRequest, body);
      const queue = queueOf(request.QueueUrl);
      checkBatch(request);
      return split(request, ({ ReceiptHandle }) => check(queue, ReceiptHandle));
    };

  return {
    CreateQueue: (body) => {
      const { QueueName, Attributes = {} } = readRequest(CreateQueueRequest, body);
      checkQueueName(required(QueueName, 'QueueName'), Attributes);
      checkAttributes(Attributes, Attributes.FifoQueue === 'true');
      return { request: body };
    },
    SetQueueAttributes: (body) => {
      const { QueueUrl, Attributes } = readRequest(SetAttributesRequest, body);
      checkAttributes(required(Attributes, 'Attributes'), queueOf(QueueUrl).isFifo());
      return { request: body };
    },
    GetQueueAttributes: (body) => {
      const { AttributeNames = [], ...request } = readRequest(GetAttributesRequest, body);
      checkAttributeNames(AttributeNames);
      // Who asks for no attribute gets none; the embedded server would give all.
      return { request: { ...request, AttributeNames } };
    },
    SendMessage: (body) => {
      checkMessage(readRequest(SendMessageRequest, body));
      return { request: body };
    },
    SendMessageBatch: (body) => {
      const request = readRequest(SendMessageBatchRequest, body);
      checkMessageBatch(request);
      return split(request, checkMessage);
    },
    ReceiveMessage: (body) => {
      const queue = queueOf(readRequest(OfQueue, body).QueueUrl);
      return { request: body, mend: mendReceived(queue, body) };
    },
    PurgeQueue: (body) => {
      const queue = queueOf(readRequest(OfQueue, body).QueueUrl);
      if (Date.now() < (purges.get(queue) ?? 0) + PURGE_INTERVAL_MS)
        throw new AwsError(
          'PurgeQueueInProgress',
          `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
          { status: 403 },
        );
      purges.set(queue, Date.now());
      return { request: body };
    },
    DeleteMessage: withHandle(handles.forDelete),
    DeleteMessageBatch: withHandles(handles.forDelete),
    ChangeMessageVisibility: withHandle(handles.forChange),
    ChangeMessageVisibilityBatch: withHandles(handles.forChange),
  };
};

/** Refused entries are answered beside what the embedded server says of the others; it takes no empty batch. */
const split = <Entry extends { readonly Id: string }>(request: Batch<Entry>, check: (entry: Entry) => void): Passed => {
  const { accepted, refused } = splitBatch(request.Entries ?? [], check);
  if (accepted.length === 0) return { answer: { Successful: [], Failed: refused } };
  return {
    request: { ...request, Entries: accepted },
    mend: (answer) => {
      const parsed = BatchAnswer.safeParse(answer);
      return parsed.success ? { ...parsed.data, Failed: [...parsed.data.Failed, ...refused] } : answer;
    },
  };
};
