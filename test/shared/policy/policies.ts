/** Policies for tests, from the text that a user would write. */
import { parsePolicy } from '../../../shared/policy/parse-policy.ts';
import type { Policy } from '../../../shared/policy/policy.ts';

export const TODAY = '2026-11-20';

/** What follows `version: 1`; throws where the policy is not right. */
export const policyOf = (text: string): Policy => {
  const policy = parsePolicy(`version: 1\n${text}`, TODAY);
  if (!policy.ok) throw new Error(policy.error.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return policy.value;
};

/** `12:5 message` of each problem, of what follows `version: 1` in line 1. */
export const problemsOf = (text: string): readonly string[] => {
  const policy = parsePolicy(`version: 1\n${text}`, TODAY);
  return policy.ok ? [] : policy.error.map(({ line, column, message }) => `${line}:${column} ${message}`);
};
