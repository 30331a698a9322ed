/** Signing keys of a policy file that are none. */
import { createPublicKey } from 'node:crypto';
import type { z } from 'zod';
import type { SigningKeyFile } from './build-schema.ts';
import type { Entry } from './file-entries.ts';
import { atKey, atValue, type ProblemAtPath } from './policy-problem.ts';

export const signingKeyProblems = ({
  path,
  rule,
}: Entry<z.output<typeof SigningKeyFile>>): readonly ProblemAtPath[] => {
  const { publicKey, kmsKeyArn } = rule;
  if ((publicKey === undefined) === (kmsKeyArn === undefined))
    return [atValue(path, 'A key must have one of publicKey and kmsKeyArn.')];
  if (publicKey === undefined) return [];
  const at = [...path, 'publicKey'];
  // Node.js takes the public half of a private key without a word.
  if (publicKey.includes('PRIVATE KEY'))
    return [atKey(at, 'This is a private key: put its public half here, and replace the key.')];
  return isPublicKey(publicKey)
    ? []
    : [atKey(at, 'This is no public key in PEM, from BEGIN PUBLIC KEY to END PUBLIC KEY.')];
};

const isPublicKey = (pem: string): boolean => {
  try {
    return createPublicKey({ key: pem, format: 'pem' }).type === 'public';
  } catch {
    return false;
  }
};
