/** The message attributes that SQS takes: ten with a well-formed name, a known type and a value. */
import { z } from 'zod';
import type { AwsError } from '../endpoint/aws-error.ts';
import { invalidParameter } from './error-answer.ts';

export const MessageAttributes = z.record(
  z.string(),
  z.looseObject({
    DataType: z.string().optional(),
    StringValue: z.string().optional(),
    BinaryValue: z.string().optional(),
  }),
);
export type MessageAttributes = z.infer<typeof MessageAttributes>;

// "Message attribute components" in the Amazon SQS developer guide.
const MOST_ATTRIBUTES = 10;
const NAME = /^(?!aws\.|amazon\.)(?!.*\.\.)(?!\.)[a-z0-9_.-]{1,256}(?<!\.)$/i;
const TYPE = /^(String|Number|Binary)(\..+)?$/;
const DECIMAL = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const MOST_DIGITS = 38;
const LONGEST_TYPE = 256;
/** What a body and a text value may hold: XML 1.0 characters. */
const FORBIDDEN_CHARACTER = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Throws InvalidParameterValue. */
export const checkMessageAttributes = (attributes: MessageAttributes): void => {
  const count = Object.keys(attributes).length;
  if (count > MOST_ATTRIBUTES)
    throw invalidParameter(`Number of message attributes [${count}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`);
  for (const [name, attribute] of Object.entries(attributes)) {
    const refused = refusalOf(name, attribute);
    if (refused !== undefined) throw refused;
  }
};

const refusalOf = (
  name: string,
  { DataType = '', StringValue = '', BinaryValue = '' }: MessageAttributes[string],
): AwsError | undefined => {
  const refuse = (what: string): AwsError => invalidParameter(`Message (user) attribute '${name}' ${what}.`);
  const type = TYPE.exec(DataType)?.[1];
  if (!NAME.test(name)) return refuse('has a name that SQS does not allow');
  if (type === undefined || DataType.length > LONGEST_TYPE)
    return refuse('must have the type String, Number or Binary');
  if ((type === 'Binary' ? BinaryValue : StringValue) === '')
    return refuse(`must contain a non-empty value of type '${DataType}'`);
  if (type === 'Number' && !isNumber(StringValue)) return refuse('must contain a number');
  return FORBIDDEN_CHARACTER.test(StringValue) ? refuse('contains a character that SQS does not allow') : undefined;
};

/** Decimal, with at most 38 significant digits, between 10^-128 and 10^126. */
const isNumber = (text: string): boolean => {
  const digits = DECIMAL.exec(text)?.[1];
  if (digits === undefined) return false;
  const significant = digits.replace('.', '').replace(/^0+|0+$/g, '');
  const magnitude = Math.abs(Number(text));
  return significant === '' || (significant.length <= MOST_DIGITS && magnitude >= 1e-128 && magnitude <= 1e126);
};

/** Bytes of name, type and value: all of them count towards the size of the message. */
export const sizeOfAttributes = (attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (size, [name, { DataType = '', StringValue = '', BinaryValue = '' }]) =>
      size +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      Buffer.byteLength(BinaryValue, 'base64'),
    0,
  );
