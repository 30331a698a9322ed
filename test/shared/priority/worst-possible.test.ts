import { expect, it } from 'vitest';
import type { Outcome } from '../../../shared/priority/decision.ts';
import { type Opening, worstPossible } from '../../../shared/priority/worst-possible.ts';

interface Facts {
  readonly a: number;
  readonly b: number;
}

const OUTCOMES: readonly Outcome[] = ['track', 'track*', 'attend', 'act'];
const sum = ({ a, b }: Facts): Outcome => OUTCOMES[a + b] ?? 'act';
const opening = (text: string, facts: Partial<Facts>): Opening<Facts> => ({ if: text, facts, missing: text });

it.each<[string, readonly Opening<Facts>[], unknown]>([
  ['nothing is open', [], undefined],
  ['what is open changes nothing', [opening('a stays', { a: 0 })], undefined],
  ['one fact', [opening('a', { a: 1 })], { outcome: 'track*', if: 'a' }],
  ['two facts together', [opening('a', { a: 1 }), opening('b', { b: 2 })], { outcome: 'act', if: 'a, and b' }],
  [
    'the fewest facts that are enough',
    [opening('a', { a: 1 }), opening('b', { b: 1 }), opening('all of a', { a: 3 })],
    { outcome: 'act', if: 'all of a' },
  ],
  ['the first of equals', [opening('a', { a: 1 }), opening('b', { b: 0 })], { outcome: 'track*', if: 'a' }],
])('%s', (_case, openings, expected) => {
  expect(worstPossible({ a: 0, b: 0 }, openings, sum)).toEqual(expected);
});
