/** What the main thread and the queue thread say to each other: the operations, their messages and the answers. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Expiration } from '../buckets/expiration.ts';
import type { BucketCounts } from '../buckets/stored-buckets.ts';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** base64 */
  readonly BinaryValue?: string;
}

/** A message as it lies in a queue. `attributes` are the SQS system attributes, all of them strings. */
export interface PeekedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, MessageAttribute>>;
  readonly receiveCount: number;
}

/** A message that was received and stays hidden until it is deleted or its visibility timeout ends. */
export interface ReceivedMessage extends PeekedMessage {
  readonly receiptHandle: string;
  readonly md5OfBody: string;
  readonly md5OfMessageAttributes?: string;
}

/** `visible` counts what a receive would return now; FIFO messages behind a received one of their group are `inFlight`. */
export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/**
 * Messages of one queue that become visible within the same second of the clock, or that a message move task with a
 * rate has still to move out of the queue.
 */
export interface DueMessages {
  readonly queue: string;
  readonly what: 'delayed' | 'in-flight' | 'to-be-moved';
  /** The end of that second, or when the next of them are moved. */
  readonly at: Date;
  readonly count: number;
}

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array;
}

/** What the queue thread does on request. A name of no queue is an error, as is anything that SQS refuses. */
export interface QueueOperations {
  readonly wire: (request: WireRequest) => Promise<WireResponse>;
  readonly createQueue: (name: string, attributes: Readonly<Record<string, string>>) => Promise<void>;
  readonly send: (
    name: string,
    body: string,
    messageAttributes: Readonly<Record<string, MessageAttribute>>,
  ) => Promise<void>;
  readonly receive: (name: string, max: number) => Promise<readonly ReceivedMessage[]>;
  readonly deleteMessages: (name: string, receiptHandles: readonly string[]) => Promise<void>;
  readonly purge: (name: string) => Promise<void>;
  readonly peek: (name: string) => Promise<readonly PeekedMessage[]>;
  readonly snapshot: () => Promise<Readonly<Record<string, QueueCounts>>>;
  readonly due: () => Promise<readonly DueMessages[]>;
  readonly createBucket: (name: string, expirations: readonly Expiration[]) => Promise<void>;
  readonly countObjects: () => Promise<Readonly<Record<string, BucketCounts>>>;
  /** The clock was advanced: what is due now becomes visible. */
  readonly recheck: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ThreadSettings {
  readonly account: string;
  readonly region: string;
  readonly endpoint: string;
  readonly clockOffset: SharedArrayBuffer;
}

export interface OperationCall {
  readonly id: number;
  readonly operation: keyof QueueOperations;
  readonly args: readonly unknown[];
}

/** The caller that waits under an `id` alone knows the type of its `value`: the thread says unknown, the hearer never. */
export type ThreadMessage<Value> =
  | { readonly kind: 'answer'; readonly id: number; readonly value: Value }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: Error }
  | { readonly kind: 'visible'; readonly queues: readonly string[] };
