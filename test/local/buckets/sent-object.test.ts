import { describe, expect, it } from 'vitest';
import { readSentObject } from '../../../local/buckets/sent-object.ts';

const CHUNKED = '7\r\ncontent\r\n0\r\nx-amz-checksum-crc32:yAUW5w==\r\n\r\n';
const read = (headers: object, body: string) => readSentObject({ headers: { ...headers }, body: Buffer.from(body) });

describe('an object sent in chunks', () => {
  it.each<[string, string | undefined]>([
    ['aws-chunked', undefined],
    ['gzip,aws-chunked', 'gzip'],
    ['aws-chunked, gzip', 'gzip'],
  ])('in the encoding %s has the encoding %s', (sent, kept) => {
    const { headers, body } = read(
      { 'content-encoding': sent, 'x-amz-decoded-content-length': '7' },
      '7\r\ncontent\r\n0\r\n\r\n',
    );
    expect([headers['content-encoding'], body.toString()]).toEqual([kept, 'content']);
  });

  it.each<[string, object, string]>([
    ['another length than it says', { 'x-amz-decoded-content-length': '8' }, 'IncompleteBody'],
    ['no trailer where one was announced', { 'x-amz-trailer': 'x-amz-checksum-sha256' }, 'MalformedTrailerError'],
    ['another checksum than its trailer says', { 'x-amz-trailer': 'x-amz-checksum-crc32' }, 'BadDigest'],
  ])('with %s is refused', (_title, headers, code) => {
    const sent = () => read({ 'content-encoding': 'aws-chunked', ...headers }, CHUNKED);
    expect(sent).toThrow(expect.objectContaining({ code }));
  });
});

describe('a signed body', () => {
  const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  it.each([
    ['that was signed', EMPTY, ''],
    ['that is not signed', 'UNSIGNED-PAYLOAD', 'content'],
  ])('%s is taken', (_title, sha256, body) => {
    expect(read({ 'x-amz-content-sha256': sha256 }, body).body.toString()).toBe(body);
  });

  it('that is another than was signed is refused', () => {
    expect(() => read({ 'x-amz-content-sha256': EMPTY }, 'content')).toThrow(
      expect.objectContaining({ code: 'XAmzContentSHA256Mismatch' }),
    );
  });
});
