/** What SendMessage and SendMessageBatch refuse beside what the embedded server refuses itself. */
import { z } from 'zod';
import { AwsError } from '../endpoint/aws-error.ts';
import { type Batch, checkBatch } from './batch.ts';
import { invalidValue } from './error-answer.ts';
import { checkMessageAttributes, MessageAttributes, sizeOfAttributes } from './message-attributes.ts';
import { required } from './read-request.ts';

const members = {
  MessageBody: z.string().optional(),
  DelaySeconds: z.int().optional(),
  MessageAttributes: MessageAttributes.optional(),
};
export const SendMessageRequest = z.looseObject(members);
export const SendMessageBatchRequest = z.looseObject({
  Entries: z.array(z.looseObject({ Id: z.string(), ...members })).optional(),
});

type Message = z.infer<typeof SendMessageRequest>;

// SendMessage and SendMessageBatch in the Amazon SQS API reference.
const LONGEST_DELAY_SECONDS = 900;
const LARGEST_BATCH_BYTES = 1_048_576;

/** Throws MissingParameter or InvalidParameterValue. */
export const checkMessage = ({ MessageBody, DelaySeconds = 0, MessageAttributes: attributes = {} }: Message): void => {
  required(MessageBody, 'MessageBody');
  if (!(DelaySeconds >= 0 && DelaySeconds <= LONGEST_DELAY_SECONDS))
    throw invalidValue('DelaySeconds', DelaySeconds, `DelaySeconds must be >= 0 and <= ${LONGEST_DELAY_SECONDS}.`);
  checkMessageAttributes(attributes);
};

/** Throws what refuses the whole batch. */
export const checkMessageBatch = <Entry extends Message & { readonly Id: string }>(batch: Batch<Entry>): void => {
  const entries = checkBatch(batch);
  for (const { MessageBody } of entries) required(MessageBody, 'MessageBody');
  const size = entries.reduce(
    (bytes, { MessageBody = '', MessageAttributes: attributes = {} }) =>
      bytes + Buffer.byteLength(MessageBody) + sizeOfAttributes(attributes),
    0,
  );
  if (size > LARGEST_BATCH_BYTES)
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${LARGEST_BATCH_BYTES} bytes. You have sent ${size} bytes.`,
    );
};
