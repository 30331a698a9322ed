/** What DynamoDB offers and the tables here do not have: transactions, PartiQL, backups, streams and the like. */
import { randomUUID } from 'node:crypto';
import * as schemas from '@aws-sdk/client-dynamodb';
import { notImplemented } from '../endpoint/aws-error.ts';
import { serviceModelFrom } from '../endpoint/service-model.ts';
import { writeUnknownService } from '../endpoint/write-answer.ts';
import { isTimeToLiveOperation } from './time-to-live-api.ts';
import type { WireAnswer } from './wire-request.ts';

// The client is asked for its model only: any Region does.
const { operations } = serviceModelFrom({ schemas, config: new schemas.DynamoDBClient({ region: 'local' }).config });

/** Those of dynalite 4. */
const ENGINE_OPERATIONS = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
]);

/** The refusal of such an operation; undefined for one that is here, and for one that DynamoDB does not have either. */
export const missingOperation = (operation: string | undefined): WireAnswer | undefined => {
  if (operation === undefined || !operations.has(operation)) return undefined;
  if (ENGINE_OPERATIONS.has(operation) || isTimeToLiveOperation(operation)) return undefined;
  const refusal = notImplemented(`dynamodb ${operation}`);
  const { status, headers, body } = writeUnknownService(refusal, 'application/x-amz-json-1.0', randomUUID());
  return { statusCode: status, headers, body: String(body) };
};
