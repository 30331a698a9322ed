/** The answer of ReceiveMessage, with the attributes that were asked for and no others. */
import { z } from 'zod';
import { deadLetterSourceOf } from './dead-letter-source.ts';
import type { SqsQueue } from './embedded-store.ts';
import { readRequest } from './read-request.ts';

const names = z.array(z.string()).optional();
const count = z.int().optional();
const ReceiveRequest = z.looseObject({
  MaxNumberOfMessages: count,
  WaitTimeSeconds: count,
  VisibilityTimeout: count,
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
});
const ReceiveAnswer = z.looseObject({
  Messages: z
    .array(z.looseObject({ ReceiptHandle: z.string(), Attributes: z.record(z.string(), z.string()).optional() }))
    .optional(),
});

const SOURCE = 'DeadLetterQueueSourceArn';

/** The embedded server knows no source of dead letters, and gives all message attributes to who asks for none. */
export const mendReceived = (queue: SqsQueue, body: unknown): ((answer: unknown) => unknown) => {
  const { AttributeNames = [], MessageSystemAttributeNames = [], ...request } = readRequest(ReceiveRequest, body);
  const systemNames = [...AttributeNames, ...MessageSystemAttributeNames];
  const wantsSource = systemNames.includes('All') || systemNames.includes(SOURCE);
  const wantsAttributes = (request.MessageAttributeNames ?? []).length > 0;

  return (answer) => {
    const parsed = ReceiveAnswer.safeParse(answer);
    if (!parsed.success) return answer;
    const { Messages = [], ...rest } = parsed.data;
    if (Messages.length === 0) return rest;
    return {
      ...rest,
      Messages: Messages.map(({ Attributes, MessageAttributes, MD5OfMessageAttributes, ...message }) => {
        const stored = queue.inflightMessages.get(message.ReceiptHandle)?.message;
        const source = wantsSource && stored !== undefined ? deadLetterSourceOf(stored) : undefined;
        const attributes = { ...Attributes, ...(source !== undefined && { [SOURCE]: source }) };
        return {
          ...message,
          ...(Object.keys(attributes).length > 0 && { Attributes: attributes }),
          ...(wantsAttributes && { MessageAttributes, MD5OfMessageAttributes }),
        };
      }),
    };
  };
};
