/** An error as SQS answers it in its JSON protocol, with the code that callers of its older query protocol know. */
import { AwsError } from '../endpoint/aws-error.ts';

/** Errors that the service's model does not have: the shape and the code differ. */
const UNMODELLED = new Map([
  ['InvalidParameterValue', 'InvalidParameterValueException'],
  ['MissingParameter', 'MissingRequiredParameterException'],
  ['SerializationException', 'SerializationException'],
]);

/** The `awsQueryError` of the service's model, where it is not the error's own name. */
const QUERY_CODES = new Map([
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
  ...[
    'BatchEntryIdsNotDistinct',
    'BatchRequestTooLong',
    'EmptyBatchRequest',
    'InvalidBatchEntryId',
    'MessageNotInflight',
    'PurgeQueueInProgress',
    'TooManyEntriesInBatchRequest',
  ].map((code): [string, string] => [code, `AWS.SimpleQueueService.${code}`]),
]);

export interface ErrorAnswer {
  readonly status: number;
  /** The value of the header `x-amzn-query-error`. */
  readonly queryError: string;
  readonly body: { readonly __type: string; readonly message: string };
}

export const errorAnswer = ({ code, message, status = 400 }: AwsError): ErrorAnswer => {
  const shape = UNMODELLED.get(code);
  return {
    status,
    queryError: `${QUERY_CODES.get(code) ?? code};Sender`,
    body: { __type: shape ? `com.amazon.coral.service#${shape}` : `com.amazonaws.sqs#${code}`, message },
  };
};

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterValue', message);

export const invalidValue = (parameter: string, value: unknown, reason: string): AwsError =>
  invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

export const missingParameter = (parameter: string): AwsError =>
  new AwsError('MissingParameter', `The request must contain the parameter ${parameter}.`);

export const noSuchResource = (parameter: string): AwsError =>
  new AwsError(
    'ResourceNotFoundException',
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    {
      status: 404,
    },
  );
