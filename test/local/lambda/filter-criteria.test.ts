import { describe, expect, it } from 'vitest';
import { filterFrom } from '../../../local/lambda/filter-criteria.ts';
import type { SqsRecord } from '../../../local/lambda/sqs-record.ts';

const record = (body: string): SqsRecord => ({
  messageId: '1',
  receiptHandle: 'receipt',
  body,
  attributes: {},
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:work',
  awsRegion: 'eu-west-1',
});

describe('a record is for the function', () => {
  it.each([
    ['when its body is JSON that matches', [{ body: { say: ['hello'] } }], '{"say":"hello"}', true],
    ['not when its body is other JSON', [{ body: { say: ['hello'] } }], '{"say":"bye"}', false],
    ['when its body is text that matches', [{ body: ['hello'] }], 'hello', true],
    ['not when its body is text and the pattern wants members', [{ body: { say: ['hello'] } }], 'hello', false],
    ['when one of two patterns matches', [{ body: ['bye'] }, { body: ['hello'] }], 'hello', true],
  ])('%s', (_title, patterns, body, expected) => {
    expect(filterFrom(patterns)(record(body))).toBe(expected);
  });
});
