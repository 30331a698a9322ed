/** The subscriptions: one rule per kind of event on the default bus, each target with a dead-letter queue. */
import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Schedule as RateOrCron, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface Subscription {
  readonly id: string;
  readonly pattern: {
    readonly source: readonly string[];
    readonly 'detail-type': readonly string[];
    readonly detail?: Readonly<Record<string, unknown>>;
  };
  readonly queue: Queue;
}

/** Work that no event asks for. */
export interface Schedule {
  readonly id: string;
  readonly every: Duration;
  readonly queue: Queue;
}

export class EventIntake extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly prefix: string;
      readonly subscriptions: readonly Subscription[];
      readonly schedules: readonly Schedule[];
    },
  ) {
    super(scope, id);
    const undelivered = new Queue(this, 'Undelivered', {
      queueName: `${props.prefix}-undelivered`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(undelivered, 'Serverless::Serverless-SQSRedrivePolicy', 'AwsSolutions::AwsSolutions-SQS3');
    for (const { id: ruleId, pattern, queue } of props.subscriptions)
      new Rule(this, ruleId, {
        ruleName: `${props.prefix}-${kebab(ruleId)}`,
        eventPattern: eventPatternFrom(pattern),
        targets: [new SqsQueue(queue, { deadLetterQueue: undelivered })],
      });
    for (const { id: ruleId, every, queue } of props.schedules)
      new Rule(this, ruleId, {
        ruleName: `${props.prefix}-${kebab(ruleId)}`,
        schedule: RateOrCron.rate(every),
        targets: [new SqsQueue(queue, { deadLetterQueue: undelivered })],
      });
  }
}

const eventPatternFrom = (pattern: Subscription['pattern']): EventPattern => ({
  source: [...pattern.source],
  detailType: [...pattern['detail-type']],
  ...(pattern.detail !== undefined && { detail: pattern.detail }),
});

const kebab = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
