/** A policy file as a command is given it. */
import { readFile } from 'node:fs/promises';
import { err, type Result } from '../../shared/base/result.ts';
import { parsePolicy } from '../../shared/policy/parse-policy.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { problemText } from '../../shared/policy/policy-problem.ts';
import { unreadReason } from '../unread-file.ts';

/** `today`: `2026-11-20`. The error is one line for each problem, `policy.yaml:12:5: …`. Never throws. */
export const readPolicyFile = async (file: string, today: string): Promise<Result<Policy, readonly string[]>> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    return err([`${file}: ${unreadReason(thrown)}`]);
  }
  const policy = parsePolicy(text, today);
  return policy.ok ? policy : err(policy.error.map((problem) => problemText(file, problem)));
};
