import { expect, it } from 'vitest';
import { clause } from '../../../shared/priority/clause.ts';

it.each([
  ['a full stop', 'The registry has no such image.', 'The registry has no such image'],
  ['a full stop and a space', 'It was denied. ', 'It was denied'],
  ['no full stop', 'the lookup was denied', 'the lookup was denied'],
  ['a full stop inside', 'openssl 3.0.11 is old', 'openssl 3.0.11 is old'],
  ['nothing', '', ''],
])('a reason with %s goes into a sentence', (_case, reason, text) => {
  expect(clause(reason)).toBe(text);
});
