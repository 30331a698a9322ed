/** Whether the local runtime has nothing left to do until its clock moves on. */
import type { Queues } from '../queues/queues.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';

export interface Activity {
  readonly busy: () => boolean;
  readonly started: () => number;
}

/**
 * True when no mapped queue has a visible message and no activity runs; `mappings` are activities by themselves. The
 * messages of a mapping that rests are nothing to do: nobody takes them.
 *
 * The counts of the queues are taken at one instant in their thread. Nothing ran at that instant if nothing ran
 * before it was asked for, nothing after it was answered, and nothing was started in between: a message that was
 * received before that instant belongs to a mapping that was busy since before it asked, and no function was running
 * that could send one after it. Requests of others that are still on their way to the queues are not seen.
 */
export const isIdle = async (
  queues: Pick<Queues, 'snapshot'>,
  mappings: readonly EventSourceMapping[],
  others: readonly Activity[] = [],
): Promise<boolean> => {
  const activities = [...mappings, ...others];
  const before = activities.map((activity) => ({ busy: activity.busy(), started: activity.started() }));
  // Asked for in any case: whoever asks again and again leaves the activities room to go on.
  const counts = await queues.snapshot();
  const rested = activities.every(
    (activity, index) =>
      before[index]?.busy === false && !activity.busy() && activity.started() === before[index].started,
  );
  return rested && mappings.every((mapping) => mapping.resting() || (counts[mapping.queue]?.visible ?? 0) === 0);
};
