/** A queue before a function, and the queue where its records end that failed for good. */
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Lambda's advice: six timeouts and the batching window, so that no record comes back while it is being worked on. */
const VISIBILITY_FACTOR = 6;
/** Enough for a throttled hour with growing pauses, few enough that a poison record ends the same day. */
export const RECEIVES = 5;

export interface QueueWithDeadLettersProps {
  readonly name: string;
  /** Of the function that works on it. */
  readonly timeoutSeconds: number;
  /** For how long that function's batches are gathered. */
  readonly windowSeconds?: number;
}

export class QueueWithDeadLetters extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: QueueWithDeadLettersProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: `${props.name}-dlq`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.deadLetters, 'Serverless::Serverless-SQSRedrivePolicy');
    this.queue = new Queue(this, 'Queue', {
      queueName: props.name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(VISIBILITY_FACTOR * props.timeoutSeconds + (props.windowSeconds ?? 0)),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: RECEIVES },
    });
  }
}
