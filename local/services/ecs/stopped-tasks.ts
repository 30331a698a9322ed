/** Tasks that do not run any more, or never did, and why. */
import type { Task, TaskStopCode } from '@aws-sdk/client-ecs';

const ended = (task: Task, stopCode: TaskStopCode, stoppedReason: string, now: Date): Task => ({
  ...task,
  lastStatus: 'STOPPED',
  desiredStatus: 'STOPPED',
  stopCode,
  stoppedReason,
  stoppingAt: now,
  stoppedAt: now,
  version: (task.version ?? 1) + 1,
});

/** A task that somebody has stopped. */
export const stopped = (task: Task, reason: string | undefined, now: Date): Task => ({
  ...ended(task, 'UserInitiated', reason ?? 'Task stopped by user', now),
  containers: task.containers?.map((container) => ({ ...container, lastStatus: 'STOPPED', exitCode: 0 })),
});

/** A task with an image that its registry does not have: none of its containers was started. */
export const notStarted = ({ startedAt: _, ...task }: Task, image: string, now: Date): Task => {
  const reason = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: not found`;
  return {
    ...ended(task, 'TaskFailedToStart', reason, now),
    containers: task.containers?.map(({ imageDigest: _digest, runtimeId: _id, ...container }) => ({
      ...container,
      lastStatus: 'STOPPED',
      ...(container.image === image && { reason }),
    })),
  };
};
