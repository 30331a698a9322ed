import { describe, expect, it } from 'vitest';
import { isExpired } from '../../../local/buckets/expiration.ts';

const at = (time: string): number => Date.parse(time);

describe('an object expires at the midnight after its days', () => {
  // The example of Amazon S3's own documentation.
  const object = { key: 'logs/a', lastModified: new Date('2014-01-15T10:30:00Z') };
  it.each<[string, boolean]>([
    ['2014-01-18T10:30:00Z', false],
    ['2014-01-18T23:59:59.999Z', false],
    ['2014-01-19T00:00:00Z', true],
    ['2020-01-01T00:00:00Z', true],
  ])('after 3 days: %s %s', (now, expired) => {
    expect(isExpired(object, [{ prefix: '', days: 3 }], at(now))).toBe(expired);
  });

  it.each<[string, readonly { readonly prefix: string; readonly days: number }[], boolean]>([
    ['no rule', [], false],
    ['a rule about others', [{ prefix: 'images/', days: 1 }], false],
    ['a rule about it', [{ prefix: 'logs/', days: 1 }], true],
    [
      'the first of two rules',
      [
        { prefix: '', days: 100 },
        { prefix: 'logs/', days: 1 },
      ],
      true,
    ],
  ])('by %s', (_title, expirations, expired) => {
    expect(isExpired(object, expirations, at('2014-02-15T00:00:00Z'))).toBe(expired);
  });
});
