/** The EventBridge rules of a template: by event pattern, by schedule, or both. */
import { z } from 'zod';
import type { RuleTarget } from '../event-bus/delivery.ts';
import { ratePeriodMs } from '../event-bus/rate.ts';
import { Ignored } from './property-values.ts';
import type { Stack } from './stack.ts';

export interface TemplateRule {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** As the template has it: a name or an ARN. */
  readonly eventBus: string;
  /** The parsed event pattern. */
  readonly pattern?: unknown;
  /** `rate(5 minutes)` or `cron(…)`. */
  readonly scheduleExpression?: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly targets: readonly RuleTarget[];
}

// InputPath, InputTransformer and the parameters of other services are refused: targets get the event as it is.
const Target = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  Input: z.string().optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  RetryPolicy: Ignored,
  RoleArn: Ignored,
});

const ScheduleExpression = z
  .string()
  .refine(
    (text) => ratePeriodMs(text) !== undefined || /^cron\(.+\)$/.test(text),
    'EventBridge takes rate(1 minute), rate(5 minutes), likewise hours and days, or cron(…)',
  );

const Properties = z.strictObject({
  Name: Ignored,
  Description: Ignored,
  EventBusName: z.string().default('default'),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: ScheduleExpression.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(Target).default([]),
  Tags: Ignored,
});

const targetFrom = (target: z.infer<typeof Target>): RuleTarget => ({
  id: target.Id,
  arn: target.Arn,
  ...(target.Input !== undefined && { input: target.Input }),
  ...(target.DeadLetterConfig?.Arn !== undefined && { deadLetterArn: target.DeadLetterConfig.Arn }),
});

export const rulesOf = (stack: Stack): readonly TemplateRule[] =>
  stack.namedResourcesOf('AWS::Events::Rule').map(({ logicalId, name, arn, properties }) => {
    const rule = properties(Properties);
    return {
      logicalId,
      name,
      arn,
      eventBus: rule.EventBusName,
      state: rule.State,
      targets: rule.Targets.map(targetFrom),
      ...(rule.EventPattern !== undefined && { pattern: rule.EventPattern }),
      ...(rule.ScheduleExpression !== undefined && { scheduleExpression: rule.ScheduleExpression }),
    };
  });
