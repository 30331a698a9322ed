/** The policy that was checked when the stack was synthesised; it lies beside the function's code. */
import { readFileSync } from 'node:fs';
import type { Policy } from '../shared/policy/policy.ts';
import { policyFromJson } from '../shared/policy/policy-from-json.ts';

/** Throws when the bundle has none, or one of another version: such a function must not start. */
export const bundledPolicy = (): Policy =>
  policyFromJson(readFileSync(new URL('policy.json', import.meta.url), 'utf8'));
