/** The name of a policy, which decisions carry: the same for files that mean the same. */
import { createHash } from 'node:crypto';
import { BUILT_IN_POLICY, type Policy } from './policy.ts';

/** Of SHA-256, in hex: enough to tell apart all policies that anybody ever writes. */
const LENGTH = 12;

/** `policy@1a2b3c4d5e6f`, or the built-in policy's name for what says the same as that. */
export const policyName = (policy: Omit<Policy, 'name'>): string => {
  const fingerprint = fingerprintOf(policy);
  const { name, ...builtIn } = BUILT_IN_POLICY;
  return fingerprint === fingerprintOf(builtIn) ? name : `policy@${fingerprint}`;
};

/** The order of keys says nothing, that of rules does. */
const fingerprintOf = (policy: Omit<Policy, 'name'>): string =>
  createHash('sha256').update(JSON.stringify(policy, sortedKeys)).digest('hex').slice(0, LENGTH);

const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;
