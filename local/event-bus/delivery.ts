/** Bringing one event to one target of a rule, or to its dead letter queue with the reason why not. */
import type { EventEnvelope } from './event-envelope.ts';

export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  readonly deadLetterArn?: string;
  /** Sent in place of the event. */
  readonly input?: string;
}

/** One message that EventBridge sends in the name of a rule: a queue's policy may ask for exactly this rule. */
export interface Delivery {
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly body: string;
  /** Message attributes; only a dead letter has any. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Sends one message, or rejects: with a DeliveryError where the reason is known. */
export type Deliver = (delivery: Delivery) => Promise<void>;

/** Why a target did not take an event, in EventBridge's own words for it. */
export class DeliveryError extends Error {
  readonly code: 'NO_PERMISSIONS' | 'NO_RESOURCE' | 'ERROR_FROM_TARGET';

  constructor(code: DeliveryError['code'], message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'DeliveryError';
    this.code = code;
  }
}

const deliveryErrorFrom = (thrown: unknown): DeliveryError =>
  thrown instanceof DeliveryError
    ? thrown
    : new DeliveryError('ERROR_FROM_TARGET', thrown instanceof Error ? thrown.message : 'no error was given', {
        cause: thrown,
      });

/** A target that did not take the event; `lost` when no dead letter queue has it either. */
export interface FailedDelivery {
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly error: DeliveryError;
  readonly lost: boolean;
  /** Why the dead letter queue did not take it. */
  readonly deadLetterError?: DeliveryError;
}

const attempt = async (deliver: Deliver, delivery: Delivery): Promise<DeliveryError | undefined> => {
  try {
    await deliver(delivery);
    return undefined;
  } catch (thrown) {
    return deliveryErrorFrom(thrown);
  }
};

/** Delivers once: here a target that fails keeps failing, so there is nothing to gain from EventBridge's retries. */
export const deliverToTarget = async (
  deliver: Deliver,
  ruleArn: string,
  target: RuleTarget,
  event: EventEnvelope,
): Promise<FailedDelivery | undefined> => {
  const body = target.input ?? JSON.stringify(event);
  const error = await attempt(deliver, { ruleArn, targetArn: target.arn, body, attributes: {} });
  if (error === undefined) return undefined;
  const failure = { ruleArn, targetArn: target.arn, error };
  if (target.deadLetterArn === undefined) return { ...failure, lost: true };
  const deadLetterError = await attempt(deliver, {
    ruleArn,
    targetArn: target.deadLetterArn,
    body,
    attributes: {
      RULE_ARN: ruleArn,
      TARGET_ARN: target.arn,
      ERROR_CODE: error.code,
      ERROR_MESSAGE: error.message,
      RETRY_ATTEMPTS: '0',
    },
  });
  return deadLetterError === undefined ? { ...failure, lost: false } : { ...failure, lost: true, deadLetterError };
};
