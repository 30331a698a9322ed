/** The event source mappings of a template: which function gets the messages of which queue, and how. */
import { z } from 'zod';
import { Count, Flag, Ignored } from './property-values.ts';
import type { Stack } from './stack.ts';

export interface TemplateEventSourceMapping {
  readonly logicalId: string;
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency?: number;
  readonly functionResponseTypes: readonly 'ReportBatchItemFailures'[];
  /** Event patterns, parsed: a message must match one of them, if there are any. */
  readonly filters: readonly unknown[];
  readonly enabled: boolean;
}

const FilterPattern = z.string().transform((pattern, context): unknown => {
  try {
    return JSON.parse(pattern);
  } catch {
    context.addIssue('the filter pattern is not JSON');
    return z.NEVER;
  }
});

// The settings of streams, Kafka and the other sources are refused: queues are the only source here.
const Properties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string().regex(/^arn:[^:]+:sqs:/, 'must be the ARN of an SQS queue'),
  BatchSize: Count.default(10),
  MaximumBatchingWindowInSeconds: Count.default(0),
  ScalingConfig: z.strictObject({ MaximumConcurrency: Count.optional() }).default({}),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.strictObject({ Pattern: FilterPattern })).default([]) })
    .default({ Filters: [] }),
  Enabled: Flag.default(true),
  KmsKeyArn: Ignored,
  MetricsConfig: Ignored,
  Tags: Ignored,
});

/** The property may hold a name, or an ARN with or without a version. */
const functionNameFrom = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? (nameOrArn.split(':')[6] ?? nameOrArn) : nameOrArn;

export const eventSourceMappingsOf = (stack: Stack): readonly TemplateEventSourceMapping[] =>
  stack.resourcesOf('AWS::Lambda::EventSourceMapping').map(({ logicalId, properties }) => {
    const mapping = properties(Properties);
    return {
      logicalId,
      functionName: functionNameFrom(mapping.FunctionName),
      queueArn: mapping.EventSourceArn,
      batchSize: mapping.BatchSize,
      windowSeconds: mapping.MaximumBatchingWindowInSeconds,
      ...(mapping.ScalingConfig.MaximumConcurrency !== undefined && {
        maximumConcurrency: mapping.ScalingConfig.MaximumConcurrency,
      }),
      functionResponseTypes: mapping.FunctionResponseTypes,
      filters: mapping.FilterCriteria.Filters.map(({ Pattern }) => Pattern),
      enabled: mapping.Enabled,
    };
  });
