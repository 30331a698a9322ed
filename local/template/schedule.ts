/** The schedules of a template that EventBridge Scheduler keeps. */
import { z } from 'zod';
import { Ignored } from './property-values.ts';
import type { Stack } from './stack.ts';

export interface TemplateSchedule {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  /** The time zone of `cron` and `at`. */
  readonly timezone: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly targetArn: string;
  readonly input?: string;
  readonly deadLetterArn?: string;
}

const Properties = z.strictObject({
  Name: Ignored,
  Description: Ignored,
  GroupName: Ignored,
  KmsKeyArn: Ignored,
  // A flexible window only spreads the load, so the start of the window is a correct time.
  FlexibleTimeWindow: Ignored,
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.strictObject({
    Arn: z.string(),
    Input: z.string().optional(),
    DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
    RetryPolicy: Ignored,
    RoleArn: Ignored,
  }),
});

export const schedulesOf = (stack: Stack): readonly TemplateSchedule[] =>
  stack.namedResourcesOf('AWS::Scheduler::Schedule').map(({ logicalId, name, arn, properties }) => {
    const { ScheduleExpression, ScheduleExpressionTimezone, State, Target } = properties(Properties);
    return {
      logicalId,
      name,
      arn,
      expression: ScheduleExpression,
      timezone: ScheduleExpressionTimezone,
      state: State,
      targetArn: Target.Arn,
      ...(Target.Input !== undefined && { input: Target.Input }),
      ...(Target.DeadLetterConfig?.Arn !== undefined && { deadLetterArn: Target.DeadLetterConfig.Arn }),
    };
  });
