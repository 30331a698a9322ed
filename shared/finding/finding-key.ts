/** The identity of a finding: it must never change, because Security Hub, the table and people's suppressions hang on it. */
import { createHash } from 'node:crypto';

export type FindingKey = string & { readonly __brand: 'FindingKey' };

const KEY = /^[a-z0-9]+-[a-f0-9]{40}$/;

export const isFindingKey = (text: string): text is FindingKey => KEY.test(text);

/**
 * `<source>-<40 hex digits>` over the parts that identify the finding at its source.
 * The parts are length-prefixed before they are hashed, so that no two different lists can read the same.
 */
export const findingKey = (source: 'inspector2' | 'guardduty' | 'sekisho', parts: readonly string[]): FindingKey => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  const key = `${source}-${hash.digest('hex').slice(0, 40)}`;
  if (!isFindingKey(key)) throw new TypeError(`not a finding key: ${key}`);
  return key;
};
