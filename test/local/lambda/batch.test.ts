import { describe, expect, it } from 'vitest';
import { newBatch } from '../../../local/lambda/batch.ts';
import type { SqsRecord } from '../../../local/lambda/sqs-record.ts';

const record = (body: string): SqsRecord => ({
  messageId: 'id',
  receiptHandle: 'handle',
  body,
  attributes: {},
  messageAttributes: {},
  md5OfBody: 'md5',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn',
  awsRegion: 'eu-west-1',
});

describe('a batch', () => {
  it('is full at its number of records', () => {
    const batch = newBatch(2);
    expect([batch.add(record('a')), batch.full]).toEqual([true, false]);
    expect([batch.add(record('b')), batch.full]).toEqual([true, true]);
    expect(batch.add(record('c'))).toBe(false);
    expect(batch.records.map(({ body }) => body)).toEqual(['a', 'b']);
  });

  it('is full before it exceeds 6 MB, counted as JSON in UTF-8', () => {
    const batch = newBatch(10_000);
    // 500,000 quotes are 1,000,000 bytes of JSON; six of them fit.
    const added = Array.from({ length: 7 }, () => batch.add(record('"'.repeat(500_000))));
    expect(added).toEqual([true, true, true, true, true, true, false]);
    expect(batch.full).toBe(true);
    expect(Buffer.byteLength(JSON.stringify({ Records: batch.records }))).toBeLessThanOrEqual(6_291_456);
  });

  it('stays full, so that later records do not overtake the one that did not fit', () => {
    const batch = newBatch(10_000);
    for (let count = 0; count < 7; count += 1) batch.add(record('x'.repeat(1_000_000)));
    expect(batch.add(record('small'))).toBe(false);
  });
});
