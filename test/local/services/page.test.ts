import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../local/services/page.ts';

describe('pages', () => {
  it('joined together are the whole listing, and each but the last is full', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), (all, size) => {
        const pages: number[][] = [];
        let token: string | undefined;
        do {
          const { items, nextToken } = pageOf(all, size, token, 'Invalid');
          pages.push(items);
          token = nextToken;
        } while (token !== undefined);
        expect(pages.flat()).toEqual(all);
        expect(pages.slice(0, -1).every(({ length }) => length === size)).toBe(true);
      }),
    );
  });

  it.each(['x', '', 'MTA'])('refuse the token "%s", which no listing has given', (token) => {
    expect(() => pageOf([1, 2], 1, token, 'InvalidToken')).toThrowError(
      expect.objectContaining({ code: 'InvalidToken' }),
    );
  });
});
