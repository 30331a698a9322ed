/** The RedrivePolicy of a queue: after how many receives a message goes to which dead-letter queue. */
import { z } from 'zod';
import type { SqsQueue } from './embedded-store.ts';
import { invalidValue } from './error-answer.ts';

// maxReceiveCount comes as a number from CloudFormation and as text from the consoles and command lines.
const RedrivePolicy = z.looseObject({
  deadLetterTargetArn: z.string().optional(),
  maxReceiveCount: z.union([z.number(), z.string()]).optional(),
});

// The quota of the Amazon SQS developer guide.
const MOST_RECEIVES = 1000;

/** `text` is JSON. Throws InvalidParameterValue, also when there is no such queue or it is of the other type. */
export const checkRedrivePolicy = (
  text: string,
  { fifo, queueByArn }: { readonly fifo: boolean; readonly queueByArn: (arn: string) => SqsQueue | undefined },
): void => {
  const refuse = (reason: string) => invalidValue('RedrivePolicy', text, reason);
  const parsed = RedrivePolicy.safeParse(JSON.parse(text));
  if (!parsed.success) throw refuse('Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn, maxReceiveCount } = parsed.data;
  if (deadLetterTargetArn === undefined)
    throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (maxReceiveCount === undefined)
    throw refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  if (!/^\d+$/.test(`${maxReceiveCount}`) || Number(maxReceiveCount) < 1 || Number(maxReceiveCount) > MOST_RECEIVES)
    throw refuse(
      `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to ${MOST_RECEIVES} both inclusive.`,
    );
  const deadLetters = queueByArn(deadLetterTargetArn);
  if (deadLetters === undefined) throw refuse('Dead letter target does not exist.');
  if (deadLetters.isFifo() !== fifo) throw refuse('Dead-letter queue must be same type of queue as the source.');
};

/** The queues that dead-letter to the queue with that ARN, by name. */
export const deadLetterSourcesOf = (queues: Iterable<SqsQueue>, arn: string): readonly SqsQueue[] =>
  [...queues]
    .filter(({ attributes }) => targetOf(attributes.RedrivePolicy ?? '') === arn)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));

const targetOf = (text: string): string | undefined =>
  text === '' ? undefined : RedrivePolicy.parse(JSON.parse(text)).deadLetterTargetArn;
