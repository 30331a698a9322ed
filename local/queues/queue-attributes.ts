/** Names and attributes of queues as CreateQueue and SetQueueAttributes take them. */
import { AwsError, notImplemented } from '../endpoint/aws-error.ts';
import { invalidParameter } from './error-answer.ts';

export type Attributes = Readonly<Record<string, string>>;

// Each from the parameter's description in the Amazon SQS API reference.
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};
const FLAGS = new Set(['SqsManagedSseEnabled', 'FifoQueue', 'ContentBasedDeduplication']);
const DOCUMENTS = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy']);
const FIFO_ONLY = new Set(['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit']);
const SETTABLE = new Set([...Object.keys(RANGES), ...FLAGS, ...DOCUMENTS, ...FIFO_ONLY, 'KmsMasterKeyId']);
const READABLE = new Set([
  ...SETTABLE,
  'All',
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
]);

const NAME = /^[A-Za-z0-9_-]+(\.fifo)?$/;
const LONGEST_NAME = 80;
const FIFO_SUFFIX = '.fifo';

/** Throws InvalidParameterValue. The suffix of a FIFO queue counts towards the length. */
export const checkQueueName = (name: string, { FifoQueue }: Attributes): void => {
  if (!NAME.test(name) || name.length > LONGEST_NAME || name.endsWith(FIFO_SUFFIX) !== (FifoQueue === 'true'))
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
};

/** Throws InvalidAttributeName for what such a queue does not have, InvalidAttributeValue for what it cannot be. */
export const checkQueueAttributes = (attributes: Attributes, { fifo }: { readonly fifo: boolean }): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (!SETTABLE.has(name) || (FIFO_ONLY.has(name) && !fifo)) throw unknownAttribute(name);
    // Only policies of the template are followed: one that is set now would be kept, and do nothing.
    if (name === 'Policy' && value !== '') throw notImplemented('queue policies that are not in the template');
    if (!isAllowed(name, value))
      throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
};

/** Throws InvalidAttributeName for an attribute that no queue has. */
export const checkAttributeNames = (names: readonly string[]): void => {
  const unknown = names.find((name) => !READABLE.has(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
};

const unknownAttribute = (name: string): AwsError => new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);

const isAllowed = (name: string, value: string): boolean => {
  const range = RANGES[name];
  if (range !== undefined) return /^\d+$/.test(value) && Number(value) >= range[0] && Number(value) <= range[1];
  if (FLAGS.has(name)) return value === 'true' || value === 'false';
  // An empty document takes the policy away.
  return !DOCUMENTS.has(name) || value === '' || isJson(value);
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
