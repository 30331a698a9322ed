import { describe, expect, it } from 'vitest';
import { missingOperation } from '../../../local/table/missing-operation.ts';

describe('what DynamoDB has and the tables do not', () => {
  it.each([
    'TransactWriteItems',
    'TransactGetItems',
    'ExecuteStatement',
    'DescribeContinuousBackups',
    'ExportTableToPointInTime',
  ])('%s is refused by name', (operation) => {
    const { statusCode, headers, body = '' } = missingOperation(operation) ?? {};
    expect(statusCode).toBe(501);
    expect(headers?.['x-amzn-errortype']).toBe('NotImplemented');
    expect(JSON.parse(body)).toMatchObject({
      __type: 'NotImplemented',
      message: `The local runtime does not implement dynamodb ${operation}.`,
    });
  });

  it.each(['PutItem', 'DescribeTimeToLive', 'ListTagsOfResource', 'MakeCoffee', '', undefined])(
    'is not %o',
    (operation) => {
      expect(missingOperation(operation)).toBeUndefined();
    },
  );
});
