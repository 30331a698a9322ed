import { expect, it } from 'vitest';
import { notUnderstoodClauses } from '../../../shared/policy/not-understood.ts';

const SERVICE = { whose: 'the service’s' };

it.each([
  ['none', [], []],
  ['one', [{ ...SERVICE, key: 'env' }], ['the service’s tag env is not understood']],
  [
    'one, twice',
    [
      { ...SERVICE, key: 'env' },
      { ...SERVICE, key: 'env' },
    ],
    ['the service’s tag env is not understood'],
  ],
  [
    'several of two resources',
    [
      { ...SERVICE, key: 'criticality' },
      { whose: 'the repository’s', key: 'env' },
      { ...SERVICE, key: 'wellbeing' },
      { ...SERVICE, key: 'env' },
    ],
    [
      'the service’s tags criticality, wellbeing and env are not understood',
      'the repository’s tag env is not understood',
    ],
  ],
])('names %s', (_title, tags, clauses) => {
  expect(notUnderstoodClauses(tags)).toEqual(clauses);
});
