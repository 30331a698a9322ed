import { expect, it } from 'vitest';
import { problemText } from '../../../shared/policy/policy-problem.ts';

it('is written as editors and compilers write it', () => {
  expect(problemText('security/policy.yaml', { line: 12, column: 5, message: '`id` is missing.' })).toBe(
    'security/policy.yaml:12:5: `id` is missing.',
  );
});
