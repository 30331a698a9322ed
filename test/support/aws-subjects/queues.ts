/** The queues of any party that speaks SQS, as the contracts of the queues ask for them. */
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sqsInspectionQueue, sqsLayerQueue } from '../../../shared/aws/sqs-inspection-queues.ts';
import { sqsAlertQueue, sqsClient, sqsDeadLetterQueue, sqsDecidedQueue } from '../../../shared/aws/sqs-queues.ts';
import type { AlertQueueSubject } from '../../shared/pipeline/contracts/alert-queue.ts';
import type { DeadLetterQueueSubject } from '../../shared/pipeline/contracts/dead-letter-queue.ts';
import type { SqsDecidedQueueSubject } from '../../shared/pipeline/contracts/decided-queue.ts';
import type { InspectionQueueSubject, LayerQueueSubject } from '../../shared/pipeline/contracts/inspection-queues.ts';
import { ACCOUNT, type AwsEndpoint } from './aws-endpoint.ts';

export interface QueueSubjects {
  readonly decided: () => Promise<SqsDecidedQueueSubject>;
  readonly alerts: () => Promise<AlertQueueSubject>;
  readonly deadLetters: () => Promise<DeadLetterQueueSubject>;
  readonly layers: () => Promise<LayerQueueSubject>;
  readonly inspections: () => Promise<InspectionQueueSubject>;
}

const ABSENT = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/nowhere`;

/** The adapters find the party by the environment. */
export const queueSubjects = (aws: AwsEndpoint): QueueSubjects => {
  const admin = new SQSClient({ ...aws, useQueueUrlAsEndpoint: false });
  let queues = 0;

  const newQueue = async (): Promise<string> => {
    queues += 1;
    // As the stack sets it: the largest that SQS allows.
    const Attributes = { MaximumMessageSize: '1048576', VisibilityTimeout: '600' };
    const { QueueUrl } = await admin.send(new CreateQueueCommand({ QueueName: `queue-${queues}`, Attributes }));
    if (QueueUrl === undefined) throw new Error('the queue has no URL');
    return QueueUrl;
  };

  /** Until a call brings nothing, which waits for `seconds`. */
  const receive = async (QueueUrl: string, seconds = 0): Promise<readonly Message[]> => {
    const messages: Message[] = [];
    for (;;) {
      const { Messages = [] } = await admin.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: messages.length === 0 ? seconds : 0,
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return messages;
      messages.push(...Messages);
    }
  };

  const bodies = async (url: string, seconds?: number) => (await receive(url, seconds)).map(({ Body = '' }) => Body);

  const delayed = async (QueueUrl: string): Promise<number> => {
    const name = 'ApproximateNumberOfMessagesDelayed';
    const { Attributes } = await admin.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }));
    return Number(Attributes?.[name]);
  };

  return {
    decided: async () => {
      const url = await newQueue();
      return {
        queue: sqsDecidedQueue(sqsClient(), url),
        absent: sqsDecidedQueue(sqsClient(), ABSENT),
        bodies: () => bodies(url),
      };
    },
    alerts: async () => {
      const url = await newQueue();
      return {
        queue: sqsAlertQueue(sqsClient(), url),
        absent: sqsAlertQueue(sqsClient(), ABSENT),
        bodies: (seconds) => bodies(url, seconds),
        delayed: () => delayed(url),
      };
    },
    layers: async () => {
      const url = await newQueue();
      return {
        queue: sqsLayerQueue(sqsClient(), url),
        absent: sqsLayerQueue(sqsClient(), ABSENT),
        bodies: () => bodies(url),
      };
    },
    inspections: async () => {
      const url = await newQueue();
      return {
        queue: sqsInspectionQueue(sqsClient(), url),
        absent: sqsInspectionQueue(sqsClient(), ABSENT),
        bodies: (seconds) => bodies(url, seconds),
        delayed: () => delayed(url),
      };
    },
    deadLetters: async () => {
      const url = await newQueue();
      return {
        queue: sqsDeadLetterQueue(sqsClient(), url),
        absent: sqsDeadLetterQueue(sqsClient(), ABSENT),
        messages: async () =>
          (await receive(url)).map(({ Body = '', MessageAttributes }) => ({
            body: Body,
            attributes: MessageAttributes,
          })),
      };
    },
  };
};
