/** What SQS calls need: each acts on one queue. */
import { arnOf, type OperationTable, type Place, type RequiredBy, sameFor, textAt } from './required.ts';

/** A queue's URL ends in account and name, whatever host answers for it. */
const queueOf = (input: object | undefined, place: Place): string => {
  const [name, account] = (textAt(input, 'QueueUrl') ?? '').split('/').reverse();
  return name && account ? arnOf('sqs', { ...place, account }, name) : '*';
};

const namedQueue = (input: object | undefined, place: Place): string => {
  const account = textAt(input, 'QueueOwnerAWSAccountId') ?? place.account;
  return arnOf('sqs', { ...place, account }, textAt(input, 'QueueName') ?? '*');
};

/** There is no permission of its own for a batch. */
const batchOf =
  (action: string): RequiredBy =>
  (input, place) => [{ action: `sqs:${action}`, resource: queueOf(input, place) }];

/** Moving dead letters back also takes them from their queue and sends them, in the caller's name. */
const moveMessages: RequiredBy = (input) => {
  const destination = textAt(input, 'DestinationArn');
  return [
    ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => ({
      action: `sqs:${action}`,
      resource: textAt(input, 'SourceArn') ?? '*',
    })),
    ...(destination === undefined ? [] : [{ action: 'sqs:SendMessage', resource: destination }]),
  ];
};

const ON_QUEUE = [
  'AddPermission',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'DeleteQueue',
  'GetQueueAttributes',
  'ListDeadLetterSourceQueues',
  'ListQueueTags',
  'PurgeQueue',
  'ReceiveMessage',
  'RemovePermission',
  'SendMessage',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
];

export const SQS: OperationTable = {
  ...sameFor('sqs', ON_QUEUE, (input, place) => [queueOf(input, place)]),
  ...sameFor('sqs', ['CreateQueue', 'GetQueueUrl'], (input, place) => [namedQueue(input, place)]),
  ...sameFor('sqs', ['ListMessageMoveTasks'], (input) => [textAt(input, 'SourceArn') ?? '*']),
  SendMessageBatch: batchOf('SendMessage'),
  DeleteMessageBatch: batchOf('DeleteMessage'),
  ChangeMessageVisibilityBatch: batchOf('ChangeMessageVisibility'),
  StartMessageMoveTask: moveMessages,
};
