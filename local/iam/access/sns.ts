/** What SNS calls need: to publish takes a permission on the topic; to send a text message, on everything. */
import { type OperationTable, type RequiredBy, textAt } from './required.ts';

const publish: RequiredBy = (input) => [
  { action: 'sns:Publish', resource: textAt(input, 'TopicArn') ?? textAt(input, 'TargetArn') ?? '*' },
];

/** There is no permission of its own for a batch. */
export const SNS: OperationTable = { Publish: publish, PublishBatch: publish };
