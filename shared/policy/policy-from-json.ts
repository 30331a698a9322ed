/** The checked policy, as it was written beside a function's code when the deployment was synthesised. */
import { BUILT_IN_POLICY, type Policy } from './policy.ts';

/** Throws a plain Error: a function without its policy must not start. */
export const policyFromJson = (text: string): Policy => {
  const policy = parseJson(text);
  if (!isPolicy(policy))
    throw new Error('The policy beside the function is not one that this version of Sekisho wrote.');
  return policy;
};

/** Only the check of a policy file writes it, so the version and the parts stand for the whole shape. */
const isPolicy = (policy: unknown): policy is Policy =>
  typeof policy === 'object' &&
  policy !== null &&
  'version' in policy &&
  policy.version === BUILT_IN_POLICY.version &&
  Object.keys(BUILT_IN_POLICY).every((part) => Object.hasOwn(policy, part));

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error('The policy beside the function is not JSON.', { cause });
  }
};
