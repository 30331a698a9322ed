import { describe, expect, it } from 'vitest';
import { nextPage } from '../../../shared/http/next-page.ts';

const HERE = 'https://registry.example/v2/app/referrers/sha256:1';

describe('the next page of a list', () => {
  it.each<[string, string | null, string | undefined]>([
    ['is none without a link', null, undefined],
    ['is none with a link to something else', '</v2/a>; rel="prev", </v2/b>; rel="nextish"', undefined],
    [
      'is the one of the link',
      '</v2/app/referrers/x?n=2>; rel="next"',
      'https://registry.example/v2/app/referrers/x?n=2',
    ],
    ['may be said without marks, and last', '</v2/a>; rel=prev, <?n=2>; title="b"; REL=next', `${HERE}?n=2`],
    ['may be said in full', '<https://registry.example/v2/c>;rel="next"', 'https://registry.example/v2/c'],
  ])('%s', (_title, link, expected) => {
    expect(nextPage(link, HERE, 'registry.example')).toBe(expected);
  });

  it.each([
    'https://other.example/',
    'http://registry.example/',
    'https://registry.example:8443/',
    '//other.example/',
    'https://',
  ])('is not followed elsewhere: %s', (address) => {
    expect(() => nextPage(`<${address}>; rel="next"`, HERE, 'registry.example')).toThrow(
      expect.objectContaining({ code: 'ADDRESS_REFUSED' }),
    );
  });

  it('is found in time in a header of any length', () => {
    for (const text of [
      '<'.repeat(60_000),
      `<a>${'; rel '.repeat(20_000)}`,
      '<a>;'.repeat(20_000),
      `<a>;${' '.repeat(60_000)}`,
    ])
      expect(nextPage(text, HERE, 'registry.example')).toBeUndefined();
  });
});
