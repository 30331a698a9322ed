/** The text of a policy file → the policy, or everything that is wrong with it. For the deployment and the command line. */
import { err, ok, type Result } from '../base/result.ts';
import { contentProblems } from './content-problems.ts';
import { formProblems } from './form-problems.ts';
import { BUILT_IN_POLICY, type Policy } from './policy.ts';
import { policyFromFile } from './policy-from-file.ts';
import { inOrder, type PolicyProblem } from './policy-problem.ts';
import { PolicyFile } from './policy-schema.ts';
import { readYaml } from './read-yaml.ts';

export type { PolicyProblem } from './policy-problem.ts';

const MAX_BYTES = 256 * 1024;

/**
 * `today`: `2026-11-20`, in UTC. An empty file is the built-in policy. The problems are all that there are, in the order
 * of the file; only what is no YAML hides the rest. Never throws.
 */
export const parsePolicy = (text: string, today: string): Result<Policy, readonly PolicyProblem[]> => {
  if (Buffer.byteLength(text) > MAX_BYTES)
    return err([{ line: 1, column: 1, message: 'The file is larger than 256 KB, the most that is read.' }]);
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { value, problems, keyAt, valueAt } = yaml.value;
  if (value === null && problems.length === 0) return ok(BUILT_IN_POLICY);
  const file = PolicyFile.safeParse(value);
  const found = [
    ...(file.success ? [] : formProblems(file.error.issues, value)),
    ...contentProblems(value, today, (path) => valueAt(path).line),
  ].map(({ path, at, message }) => ({ ...(at === 'key' ? keyAt(path) : valueAt(path)), message }));
  const all = inOrder([...problems, ...found]);
  return file.success && all.length === 0 ? ok(policyFromFile(file.data)) : err(all);
};
