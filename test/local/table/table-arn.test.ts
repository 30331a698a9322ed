import { describe, expect, it } from 'vitest';
import { withArnsOf } from '../../../local/table/table-arn.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1' };
const answer = (body: string) => ({
  statusCode: 200,
  headers: { 'x-amzn-requestid': '1', 'content-length': '1' },
  body,
});

describe('the ARNs in an answer', () => {
  it.each(['CreateTable', 'DeleteTable', 'DescribeTable', 'UpdateTable'])('of %s name the place', (operation) => {
    const body =
      '{"TableArn":"arn:aws:dynamodb:us-east-1:000000000000:table/a","IndexArn":"arn:aws:dynamodb:us-west-2:1:table/a/index/b"}';
    expect(withArnsOf(PLACE, operation, answer(body))).toEqual({
      statusCode: 200,
      headers: { 'x-amzn-requestid': '1', 'content-length': '131', 'x-amz-crc32': '3636584993' },
      body: '{"TableArn":"arn:aws:dynamodb:eu-west-1:111122223333:table/a","IndexArn":"arn:aws:dynamodb:eu-west-1:111122223333:table/a/index/b"}',
    });
  });

  it.each(['GetItem', 'Query', undefined])('of %s are what somebody has put there', (operation) => {
    const given = answer('{"Item":{"arn":{"S":"arn:aws:dynamodb:us-east-1:000000000000:table/a"}}}');
    expect(withArnsOf(PLACE, operation, given)).toBe(given);
  });
});
