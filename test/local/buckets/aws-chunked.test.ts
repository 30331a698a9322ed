import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unchunk } from '../../../local/buckets/aws-chunked.ts';

const read = (text: string) => {
  const { body, trailers } = unchunk(Buffer.from(text, 'latin1'));
  return [body.toString('latin1'), trailers];
};

describe('a body in chunks', () => {
  it.each<[string, string, string, object]>([
    ['one', '7\r\ncontent\r\n0\r\n\r\n', 'content', {}],
    ['two, with sizes in either case', 'A\r\n0123456789\r\na\r\nabcdefghij\r\n0\r\n\r\n', '0123456789abcdefghij', {}],
    ['none', '0\r\n\r\n', '', {}],
    ['line ends inside', '4\r\na\r\nb\r\n0\r\n\r\n', 'a\r\nb', {}],
    ['signatures', '1;chunk-signature=ab\r\nx\r\n0;chunk-signature=cd\r\n\r\n', 'x', {}],
    [
      'a checksum behind it',
      '1\r\nx\r\n0\r\nX-Amz-Checksum-CRC32: AAAA==\r\n\r\n',
      'x',
      { 'x-amz-checksum-crc32': 'AAAA==' },
    ],
  ])('%s', (_title, text, body, trailers) => {
    expect(read(text)).toEqual([body, trailers]);
  });

  it.each([
    ['that is empty', ''],
    ['that ends before its last chunk', '7\r\ncontent\r\n'],
    ['that ends in a chunk', '7\r\ncont'],
    ['with a chunk longer than it says', '3\r\ncontent\r\n0\r\n\r\n'],
    ['with a size that is no number', 'seven\r\ncontent\r\n0\r\n\r\n'],
    ['without sizes', 'content'],
  ])('is refused %s', (_title, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'IncompleteBody' }));
  });

  it('is what was cut into them', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 })), (chunks) => {
        const cut = chunks.map((chunk) =>
          Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
        );
        expect(unchunk(Buffer.concat([...cut, Buffer.from('0\r\n\r\n')])).body).toEqual(Buffer.concat(chunks));
      }),
    );
  });
});
