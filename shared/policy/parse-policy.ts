/** The text of a policy file → the policy, or everything that is wrong with it. For the deployment and the command line. */
import { err, ok, type Result } from '../base/result.ts';
import { contentProblems } from './content-problems.ts';
import { formProblems } from './form-problems.ts';
import { inRule } from './in-rule.ts';
import type { Policy } from './policy.ts';
import { policyFromFile } from './policy-from-file.ts';
import { inOrder, type PolicyProblem } from './policy-problem.ts';
import { PolicyFile } from './policy-schema.ts';
import { readYaml } from './read-yaml.ts';

export type { PolicyProblem } from './policy-problem.ts';

const MAX_BYTES = 256 * 1024;

/** What is left of other encodings, and of what is no text, once it was read as UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is looked for, which no text has
const NO_TEXT = /[\u0000\uFFFD]/;

const EMPTY =
  'The file says nothing: delete it to have the built-in policy, or begin with what `sekisho policy init` prints.';

/**
 * `today`: `2026-11-20`, in UTC. A file that says nothing is none: what is left of one that was cut off must not pass
 * for the built-in policy. The problems are all that there are, in the order of the file; only what is no YAML hides the
 * rest. Never throws.
 */
export const parsePolicy = (text: string, today: string): Result<Policy, readonly PolicyProblem[]> => {
  if (Buffer.byteLength(text) > MAX_BYTES)
    return err([{ line: 1, column: 1, message: 'The file is larger than 256 KB, the most that is read.' }]);
  if (NO_TEXT.test(text)) return err([notText(text)]);
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { value, problems, keyAt, valueAt } = yaml.value;
  if (value === null) return err(inOrder([...problems, { line: 1, column: 1, message: EMPTY }]));
  const file = PolicyFile.safeParse(value);
  const found = [
    ...(file.success ? [] : formProblems(file.error.issues, value)),
    ...contentProblems(value, today, (path) => valueAt(path).line),
  ]
    .map((problem) => inRule(value, problem))
    .map(({ path, at, message }) => ({ ...(at === 'key' ? keyAt(path) : valueAt(path)), message }));
  const all = inOrder([...problems, ...found]);
  return file.success && all.length === 0 ? ok(policyFromFile(file.data)) : err(all);
};

const notText = (text: string): PolicyProblem => {
  const before = text.slice(0, text.search(NO_TEXT)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message: 'The file is not UTF-8 text.' };
};
