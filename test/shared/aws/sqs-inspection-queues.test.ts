import * as schemas from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqsLayerQueue } from '../../../shared/aws/sqs-inspection-queues.ts';
import { sqsClient } from '../../../shared/aws/sqs-queues.ts';
import type { LayerTask } from '../../../shared/pipeline/inspection-task.ts';
import { type Front, startFront } from '../../local/queues/front-server.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { awsEndpoint } from '../../support/aws-subjects/aws-endpoint.ts';
import { type QueueSubjects, queueSubjects } from '../../support/aws-subjects/queues.ts';
import { startService } from '../../support/one-service.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { inspectionQueueContract, layerQueueContract } from '../pipeline/contracts/inspection-queues.ts';

let front: Front;
let restore: () => void;
let subjects: QueueSubjects;
beforeAll(async () => {
  front = await startFront();
  restore = useAwsEndpoint(front.endpoint);
  subjects = queueSubjects(awsEndpoint(front.endpoint));
});
afterAll(async () => {
  restore();
  await front.close();
});

layerQueueContract(() => subjects.layers());
inspectionQueueContract(() => subjects.inspections());

const task = (digit: string): LayerTask => ({
  task: 'scan-layer-1',
  image: IMAGE,
  layer: { digest: digest(digit), size: 1, mediaType: 'application/vnd.oci.image.layer.v1.tar' },
});

it.each<[string, readonly boolean[], string]>([
  ['our fault', [true], 'AWS_REJECTED'],
  ['not our fault', [false], 'AWS_UNAVAILABLE'],
  ['one our fault, and another not: that may pass, and both are sent again', [true, false], 'AWS_UNAVAILABLE'],
])('a layer that an answer of 200 refuses fails the request: %s', async (_, faults, code) => {
  const service = await startService({
    name: 'sqs',
    client: { schemas, config: new schemas.SQSClient({ region: 'eu-west-1' }).config },
    invalidInputCode: 'InvalidParameterValue',
    handlers: {
      SendMessageBatch: ({ Entries }: schemas.SendMessageBatchRequest) => ({
        Successful: [],
        Failed: faults.map((SenderFault, at) => ({ Id: Entries?.[at]?.Id, SenderFault, Code: 'Why' })),
      }),
    },
  });
  process.env.AWS_ENDPOINT_URL = service.url;
  try {
    const queue = sqsLayerQueue(sqsClient(), 'https://sqs.eu-west-1.amazonaws.com/111122223333/layers');
    await expect(queue.send([task('1'), task('2')])).rejects.toMatchObject({
      code,
      message: 'SQS did not take the request to scan a layer: Why.',
    });
  } finally {
    process.env.AWS_ENDPOINT_URL = front.endpoint;
    await service.close();
  }
});
