/** The operations of SQS about dead letters: move tasks, and which queues send to a dead-letter queue. */
import { z } from 'zod';
import { AwsError } from '../endpoint/aws-error.ts';
import type { SqsQueue, SqsStore } from './embedded-store.ts';
import { invalidParameter, invalidValue, noSuchResource } from './error-answer.ts';
import type { MoveTask, MoveTasks } from './move-tasks.ts';
import { readRequest, required } from './read-request.ts';
import { deadLetterSourcesOf } from './redrive-policy.ts';

const StartRequest = z.looseObject({
  SourceArn: z.string().optional(),
  DestinationArn: z.string().optional(),
  MaxNumberOfMessagesPerSecond: z.int().optional(),
});
const CancelRequest = z.looseObject({ TaskHandle: z.string().optional() });
const ListRequest = z.looseObject({ SourceArn: z.string().optional(), MaxResults: z.int().optional() });
const SourcesRequest = z.looseObject({
  QueueUrl: z.string().optional(),
  MaxResults: z.int().optional(),
  NextToken: z.string().optional(),
});

// Each from the operation's description in the Amazon SQS API reference.
const FASTEST = 500;
const MOST_TASKS = 10;
const MOST_QUEUES = 1000;

const ARN = /^arn:[^:]+:sqs:[^:]+:[^:]+:[^:]+$/;

type Operation = (body: unknown) => Readonly<Record<string, unknown>>;

/** The answers by operation. Each throws an AwsError as SQS refuses it. */
export const createMoveOperations = (store: SqsStore, tasks: MoveTasks): Readonly<Record<string, Operation>> => {
  const queueOf = (arn: string, parameter: string): SqsQueue => {
    if (!ARN.test(arn))
      throw invalidParameter(
        `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
      );
    const queue = store.getQueueByArn(arn);
    if (queue === undefined) throw noSuchResource(parameter);
    return queue;
  };
  const activeOf = (arn: string): MoveTask | undefined => tasks.of(arn).find(({ status }) => status === 'RUNNING');

  return {
    StartMessageMoveTask: (body) => {
      const request = readRequest(StartRequest, body);
      const { DestinationArn: destinationArn, MaxNumberOfMessagesPerSecond: messagesPerSecond } = request;
      const sourceArn = required(request.SourceArn, 'SourceArn');
      const source = queueOf(sourceArn, 'SourceArn');
      if (messagesPerSecond !== undefined) checkRange('MaxNumberOfMessagesPerSecond', messagesPerSecond, FASTEST);
      if (deadLetterSourcesOf(store.allQueues(), sourceArn).length === 0)
        throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
      if (destinationArn !== undefined) {
        if (sourceArn === destinationArn)
          throw invalidParameter('Source queue arn and destination queue arn cannot be the same.');
        if (queueOf(destinationArn, 'DestinationArn').isFifo() !== source.isFifo())
          throw invalidParameter('Source and destination queues must be of the same type.');
      }
      if (activeOf(sourceArn) !== undefined)
        throw invalidParameter(
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      const task = tasks.start({
        sourceArn,
        ...(destinationArn !== undefined && { destinationArn }),
        ...(messagesPerSecond !== undefined && { messagesPerSecond }),
        toMove: source.inspectMessages().ready.length,
      });
      return { TaskHandle: handleOf(task) };
    },
    ListMessageMoveTasks: (body) => {
      const { SourceArn, MaxResults = 1 } = readRequest(ListRequest, body);
      const sourceArn = required(SourceArn, 'SourceArn');
      queueOf(sourceArn, 'SourceArn');
      checkRange('MaxResults', MaxResults, MOST_TASKS);
      return { Results: tasks.of(sourceArn).slice(0, MaxResults).map(resultFrom) };
    },
    CancelMessageMoveTask: (body) => {
      const { taskId, sourceArn } = readHandle(required(readRequest(CancelRequest, body).TaskHandle, 'TaskHandle'));
      queueOf(sourceArn, 'SourceArn');
      const task = tasks.of(sourceArn).find(({ id }) => id === taskId);
      if (task === undefined) throw new AwsError('ResourceNotFoundException', 'Task does not exist.', { status: 404 });
      if (task.status !== 'RUNNING') throw invalidParameter('Only active tasks can be cancelled.');
      tasks.cancel(task);
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
    ListDeadLetterSourceQueues: (body) => {
      const { QueueUrl, MaxResults = MOST_QUEUES, NextToken = '' } = readRequest(SourcesRequest, body);
      const queue = store.getQueue(required(QueueUrl, 'QueueUrl'));
      if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
      checkRange('MaxResults', MaxResults, MOST_QUEUES);
      const left = deadLetterSourcesOf(store.allQueues(), queue.arn).filter(({ name }) => name > NextToken);
      const page = left.slice(0, MaxResults);
      return {
        queueUrls: page.map(({ url }) => url),
        ...(page.length < left.length && { NextToken: page.at(-1)?.name }),
      };
    },
  };
};

const checkRange = (parameter: string, value: number, most: number): void => {
  if (value < 1 || value > most) throw invalidValue(parameter, value, `Must be between 1 and ${most}, if provided.`);
};

const resultFrom = (task: MoveTask) => ({
  // Of use for a cancel only.
  ...(task.status === 'RUNNING' && { TaskHandle: handleOf(task) }),
  Status: task.status,
  SourceArn: task.sourceArn,
  ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
  ...(task.messagesPerSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.messagesPerSecond }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
  StartedTimestamp: task.startedAt,
});

const Handle = z.object({ taskId: z.string(), sourceArn: z.string() });

const handleOf = ({ id, sourceArn }: MoveTask): string =>
  Buffer.from(JSON.stringify({ taskId: id, sourceArn } satisfies z.infer<typeof Handle>)).toString('base64');

const readHandle = (handle: string): z.infer<typeof Handle> => {
  const parsed = Handle.safeParse(jsonOrUndefined(Buffer.from(handle, 'base64').toString()));
  if (!parsed.success) throw invalidParameter('Value for parameter TaskHandle is invalid.');
  return parsed.data;
};

const jsonOrUndefined = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
