/** The user's policy, checked when the app is synthesised: what is deployed can no longer be wrong. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parsePolicy } from '../shared/policy/parse-policy.ts';
import { BUILT_IN_POLICY, type Policy } from '../shared/policy/policy.ts';
import { problemText } from '../shared/policy/policy-problem.ts';

export interface PolicyFile {
  readonly path: string;
  /** `built-in`, or the file's content in short: every decision carries it. */
  readonly name: string;
}

const DEFAULT_FILE = 'policy.yaml';

/**
 * Writes the checked policy as JSON into `directory`, for the functions' bundles, and returns that file's path with the
 * policy's name.
 * `file`: as the settings name it; undefined takes `policy.yaml` if there is one, else the built-in policy.
 * `today`: `2026-11-20`. Throws with one line for each problem, `policy.yaml:12:5: …`.
 */
export const writePolicy = (directory: string, file: string | undefined, today: string): PolicyFile => {
  const target = path.join(directory, 'policy.json');
  const policy = readPolicy(file, today);
  mkdirSync(directory, { recursive: true });
  writeFileSync(target, JSON.stringify(policy));
  return { path: target, name: policy.name };
};

const readPolicy = (file: string | undefined, today: string): Policy => {
  if (file === undefined && !existsSync(DEFAULT_FILE)) return BUILT_IN_POLICY;
  const name = file ?? DEFAULT_FILE;
  const policy = parsePolicy(readText(name), today);
  if (policy.ok) return policy.value;
  const problems = policy.error.map((problem) => problemText(name, problem));
  throw new Error(`The policy is not right, nothing is deployed:\n${problems.join('\n')}`);
};

const readText = (name: string): string => {
  try {
    return readFileSync(name, 'utf8');
  } catch (cause) {
    throw new Error(`The policy file ${name}, which the setting "policy" names, cannot be read.`, { cause });
  }
};
