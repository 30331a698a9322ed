/** What the local runtime says about itself under `/_local/state`. */
import type { BucketCounts } from './buckets/stored-buckets.ts';
import type { ChatMessage } from './chat-channel.ts';
import type { ScheduleState } from './event-bus/schedules.ts';
import type { BlobReads } from './registry/blob-routes.ts';

export interface QueueState {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Messages in the queue's dead-letter queue. */
  readonly dlq: number;
}

export interface DueItem {
  readonly what: string;
  /** ISO 8601, of the runtime's clock. */
  readonly at: string;
}

export interface DeniedCall {
  readonly function: string;
  readonly action: string;
  readonly resource: string;
}

export interface State {
  /** Nothing is running, queued or due at the clock's present time. */
  readonly idle: boolean;
  readonly now: string;
  /** What waits for a later time, earliest first. Schedules are apart: they are due again and again, without end. */
  readonly due: readonly DueItem[];
  /** The rules that run on a schedule, those that are switched off apart. */
  readonly schedules: readonly ScheduleState[];
  /** Events put on the bus, by detail-type. */
  readonly events: Readonly<Record<string, number>>;
  readonly queues: Readonly<Record<string, QueueState>>;
  /** What each bucket holds: how many objects, and how many bytes as they are stored. */
  readonly buckets: Readonly<Record<string, BucketCounts>>;
  /** Of the registry's blobs, by digest: how often each was asked for, and how many bytes were sent. */
  readonly blobReads: Readonly<Record<string, BlobReads>>;
  readonly invocations: Readonly<Record<string, number>>;
  readonly chat: readonly ChatMessage[];
  /** `<service>:<Operation>` → how often. */
  readonly calls: Readonly<Record<string, number>>;
  readonly callsByFunction: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly denied: readonly DeniedCall[];
}
