/** The queues of a template. */
import { z } from 'zod';
import { PolicyDocument, type PolicyStatement, statementsFrom } from './policy.ts';
import { Count, Flag, Ignored, Text } from './property-values.ts';
import type { Stack } from './stack.ts';

export interface TemplateQueue {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** As CreateQueue takes them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What the queue's own policies say about who may use it. */
  readonly policy: readonly PolicyStatement[];
}

const Properties = z
  .strictObject({
    QueueName: Ignored,
    Tags: Ignored,
    VisibilityTimeout: Count,
    MessageRetentionPeriod: Count,
    DelaySeconds: Count,
    MaximumMessageSize: Count,
    ReceiveMessageWaitTimeSeconds: Count,
    RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: Count }),
    RedriveAllowPolicy: z.record(z.string(), z.unknown()),
    FifoQueue: Flag,
    ContentBasedDeduplication: Flag,
    DeduplicationScope: Text,
    FifoThroughputLimit: Text,
    KmsMasterKeyId: Text,
    KmsDataKeyReusePeriodSeconds: Count,
    SqsManagedSseEnabled: Flag,
  })
  .partial();

const QueuePolicy = z.strictObject({ Queues: z.array(z.string()), PolicyDocument });

const attributesFrom = ({ QueueName: _, Tags: __, ...attributes }: z.infer<typeof Properties>) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );

export const queuesOf = (stack: Stack): readonly TemplateQueue[] => {
  const policies = stack.resourcesOf('AWS::SQS::QueuePolicy').map((policy) => policy.properties(QueuePolicy));
  return stack.namedResourcesOf('AWS::SQS::Queue').map(({ logicalId, name, arn, properties }) => {
    const url = stack.queueUrl(name);
    return {
      logicalId,
      name,
      arn,
      url,
      attributes: attributesFrom(properties(Properties)),
      policy: policies.filter(({ Queues }) => Queues.includes(url)).flatMap(statementsFrom),
    };
  });
};
