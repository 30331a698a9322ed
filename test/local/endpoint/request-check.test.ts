import * as schemas from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createRequestCheck } from '../../../local/endpoint/request-check.ts';

const check = createRequestCheck(
  { schemas, config: new schemas.DynamoDBClient({ region: 'eu-west-1' }).config },
  { unknown: 'Unknown', missing: 'Missing', type: 'Type' },
);
/** An item whose one attribute has so many levels, the innermost a text. */
const nested = (levels: number): object => {
  let value: object = { S: 'x' };
  for (let level = 0; level < levels; level += 1) value = { M: { k: value } };
  return { TableName: 't', Item: { pk: { S: 'a' }, a: value } };
};

describe('a request that a library answers', () => {
  it.each<[string, string, object, string]>([
    ['a member that is unknown', 'PutItem', { ...nested(0), ConditionExpresion: 'x' }, 'Unknown'],
    ['a member that is missing', 'PutItem', { TableName: 't' }, 'Missing'],
    ['a member of the wrong type', 'PutItem', { ...nested(0), TableName: 7, Foo: 1 }, 'Type'],
    ['more levels than there may be', 'PutItem', nested(900), 'Missing'],
    ['far more levels than a stack has', 'PutItem', nested(50_000), 'Missing'],
  ])('is refused for %s', (_title, operation, input, code) => {
    expect(() => check(operation, input)).toThrow(expect.objectContaining({ code }));
  });

  it('is let through with the 32 levels that an attribute may have', () => {
    expect(check('PutItem', nested(32))).toBeUndefined();
  });

  it('is left to the library when its operation is in no model', () => {
    expect(check('PutItems', { anything: 1 })).toBeUndefined();
  });
});
