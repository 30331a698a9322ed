/** One event bus: rules with their patterns, and the queues that get what matches. */
import { type Deliver, deliverToTarget, type FailedDelivery, type RuleTarget } from './delivery.ts';
import { envelopeFromEvent } from './event-envelope.ts';
import { compilePattern } from './pattern.ts';

export interface EventRule {
  readonly name: string;
  readonly arn: string;
  /** The parsed event pattern. */
  readonly pattern: unknown;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly targets: readonly RuleTarget[];
}

export interface PutOutcome {
  readonly id: string;
  /** The names of the rules that matched. */
  readonly matched: readonly string[];
  readonly failed: readonly FailedDelivery[];
}

export interface EventBus {
  /** Adds the rule, or replaces the one of the same name. Throws InvalidEventPatternException. */
  readonly putRule: (rule: EventRule) => void;
  /** Resolves when every target, or its dead letter queue, has the event. Throws EVENT_INVALID. */
  readonly put: (event: unknown) => Promise<PutOutcome>;
  /** How many events of each detail type were put. */
  readonly counts: () => Readonly<Record<string, number>>;
}

export const createEventBus = ({ deliver }: { readonly deliver: Deliver }): EventBus => {
  const rules = new Map<string, { readonly rule: EventRule; readonly matches: (event: unknown) => boolean }>();
  const counts = new Map<string, number>();
  return {
    putRule: (rule) => {
      rules.set(rule.name, { rule, matches: compilePattern(rule.pattern) });
    },
    put: async (sent) => {
      const event = envelopeFromEvent(sent);
      counts.set(event['detail-type'], (counts.get(event['detail-type']) ?? 0) + 1);
      const matching = [...rules.values()]
        .filter(({ rule, matches }) => rule.state === 'ENABLED' && matches(event))
        .map(({ rule }) => rule);
      const outcomes = await Promise.all(
        matching.flatMap(({ arn, targets }) => targets.map((target) => deliverToTarget(deliver, arn, target, event))),
      );
      return {
        id: event.id,
        matched: matching.map((rule) => rule.name),
        failed: outcomes.filter((outcome) => outcome !== undefined),
      };
    },
    counts: () => Object.fromEntries(counts),
  };
};
