/** The files by which a command decides: the policy, and CISA's list. */
import { err, ok, type Result } from '../../shared/base/result.ts';
import { readKevFile } from './read-kev-file.ts';
import { readPolicyFile } from './read-policy-file.ts';
import type { ReplayOptions } from './replay.ts';

export interface DecidingFiles {
  readonly policy?: string;
  readonly kev?: string;
}

/** `today`: `2026-11-20`. The error is one line for each problem, of both files. Never throws. */
export const readOptions = async (
  { policy: policyFile, kev: kevFile }: DecidingFiles,
  today: string,
): Promise<Result<ReplayOptions, readonly string[]>> => {
  const policy = policyFile === undefined ? undefined : await readPolicyFile(policyFile, today);
  const kev = kevFile === undefined ? undefined : await readKevFile(kevFile, today);
  const problems = [...(policy?.ok === false ? policy.error : []), ...(kev?.ok === false ? [kev.error] : [])];
  return problems.length > 0
    ? err(problems)
    : ok({ ...(policy?.ok && { policy: policy.value }), ...(kev?.ok && { kev: kev.value }) });
};
