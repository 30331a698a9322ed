/** Message move tasks: each brings the messages of a dead-letter queue to another queue, or back to where they came from. */
import { randomUUID } from 'node:crypto';
import { deadLetterSourceOf } from './dead-letter-source.ts';
import type { SqsQueue, StoredMessage } from './embedded-store.ts';

export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Without it every message goes back to the queue that it failed in. */
  readonly destinationArn?: string;
  readonly messagesPerSecond?: number;
  /** Milliseconds of the clock. */
  readonly startedAt: number;
  /** How many messages were visible when it started; it moves no more. */
  readonly toMove: number;
  readonly moved: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly failureReason?: FailureReason;
}

/** As AWS names them: a message that was sent to the dead-letter queue itself; a queue that is gone. */
type FailureReason = 'CouldNotDetermineMessageSource' | 'AWS.SimpleQueueService.NonExistentQueue';

export interface MoveTasks {
  readonly start: (task: Pick<MoveTask, 'sourceArn' | 'destinationArn' | 'messagesPerSecond' | 'toMove'>) => MoveTask;
  /** The tasks of one dead-letter queue, the latest first. */
  readonly of: (sourceArn: string) => readonly MoveTask[];
  readonly cancel: (task: MoveTask) => void;
  /** Moves what may be moved by now: everything, or as many messages as the rate allows. */
  readonly step: () => void;
  /** What is still to be moved, and when `step` can move more of it. */
  readonly nextSteps: () => readonly NextStep[];
}

export interface NextStep {
  readonly sourceArn: string;
  /** Messages of this step and of those after it. */
  readonly left: number;
  /** Milliseconds of the clock. */
  readonly at: number;
}

const NO_QUEUE = 'AWS.SimpleQueueService.NonExistentQueue';

export const createMoveTasks = (queueByArn: (arn: string) => SqsQueue | undefined): MoveTasks => {
  const tasks: MoveTask[] = [];
  const update = (id: string, change: Partial<MoveTask>): void => {
    const index = tasks.findIndex((task) => task.id === id);
    const task = tasks[index];
    if (task !== undefined) tasks[index] = { ...task, ...change };
  };
  const running = () => tasks.filter(({ status }) => status === 'RUNNING');

  const advance = (task: MoveTask): Partial<MoveTask> => {
    const allowed = Math.min(task.toMove, allowedBy(task));
    let { moved } = task;
    const failed = (failureReason: FailureReason) => ({ moved, status: 'FAILED', failureReason }) as const;
    for (; moved < allowed; moved += 1) {
      const source = queueByArn(task.sourceArn);
      if (source === undefined) return failed(NO_QUEUE);
      const next = nextVisible(source);
      if (next === undefined) return { moved, status: 'COMPLETED' };
      const destinationArn = task.destinationArn ?? deadLetterSourceOf(next.message);
      if (destinationArn === undefined) return failed('CouldNotDetermineMessageSource');
      const destination = queueByArn(destinationArn);
      if (destination === undefined) return failed(NO_QUEUE);
      next.take();
      destination.enqueue(sentAnew(next.message, destination));
    }
    return moved === task.toMove ? { moved, status: 'COMPLETED' } : { moved };
  };

  return {
    start: (given) => {
      const task: MoveTask = { ...given, id: randomUUID(), startedAt: Date.now(), moved: 0, status: 'RUNNING' };
      tasks.push(task);
      return task;
    },
    of: (sourceArn) => tasks.filter((task) => task.sourceArn === sourceArn).toReversed(),
    cancel: ({ id }) => update(id, { status: 'CANCELLED' }),
    step: () => {
      for (const task of running()) update(task.id, advance(task));
    },
    nextSteps: () =>
      running().map(({ sourceArn, startedAt, toMove, moved }) => ({
        sourceArn,
        left: toMove - moved,
        at: startedAt + (secondsSince(startedAt) + 1) * 1000,
      })),
  };
};

const secondsSince = (startedAt: number): number => Math.floor((Date.now() - startedAt) / 1000);

const allowedBy = ({ messagesPerSecond, startedAt }: MoveTask): number =>
  messagesPerSecond === undefined ? Number.POSITIVE_INFINITY : messagesPerSecond * (secondsSince(startedAt) + 1);

/** The message that came first, and the way to take it out of the queue. */
const nextVisible = (queue: SqsQueue): { readonly message: StoredMessage; readonly take: () => void } | undefined => {
  const [first] = queue.messages;
  if (first !== undefined) return { message: first, take: () => void queue.messages.shift() };
  for (const [group, messages] of queue.fifoMessages) {
    const [message] = messages;
    if (message === undefined || queue.fifoLockedGroups.has(group)) continue;
    return { message, take: () => void queue.fifoMessages.set(group, messages.slice(1)) };
  }
  return undefined;
};

/** AWS takes a moved message as new, with an id and an age of its own; body, attributes and groups stay. */
const sentAnew = (message: StoredMessage, destination: SqsQueue): StoredMessage => {
  const { approximateFirstReceiveTimestamp: _received, delayUntil: _delay, ...kept } = message;
  const now = Date.now();
  const delayMs = Number(destination.attributes.DelaySeconds) * 1000;
  return {
    ...kept,
    messageId: randomUUID(),
    sentTimestamp: now,
    approximateReceiveCount: 0,
    ...(delayMs > 0 && { delayUntil: now + delayMs }),
    ...(destination.isFifo() && { sequenceNumber: destination.nextSequenceNumber() }),
  };
};
