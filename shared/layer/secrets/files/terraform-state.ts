/** Terraform's state: every attribute of every resource in plain text, passwords and keys among them. */
import { isHarmlessValue, isSecretName } from '../../../base/secret-name.ts';
import type { CredentialFile } from '../credential-file.ts';
import { isPassword } from '../plausible.ts';

/** States of some thousand resources are that long. */
const LIMIT = 8 * 1024 * 1024;

const REFERENCE = /^arn:|^https?:\/\/|-----BEGIN/;

const isSecret = (name: string, value: string): boolean =>
  value.length >= 8 &&
  isSecretName(name) &&
  !isHarmlessValue(name, value) &&
  isPassword(value) &&
  !REFERENCE.test(value);

interface Output {
  readonly sensitive?: unknown;
  readonly value?: unknown;
}
const isSensitive = (value: object): value is Output => 'sensitive' in value && value.sensitive === true;

/** Without recursion: a state from a stranger may be nested as deep as it is long. */
const walk = (state: unknown): readonly string[] => {
  const secrets: string[] = [];
  const rest: unknown[] = [state];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (isSensitive(value) && typeof value.value === 'string' && isPassword(value.value)) secrets.push(value.value);
    for (const [name, member] of Object.entries(value))
      if (typeof member === 'string') {
        if (isSecret(name, member)) secrets.push(member);
      } else if (member !== null && member !== undefined) rest.push(member);
  }
  return secrets;
};

export const TERRAFORM_STATE: CredentialFile = {
  kind: 'terraform-state',
  recognised: '`*.tfstate`, `*.tfstate.backup`: attributes with the name of a secret, sensitive outputs',
  limit: LIMIT,
  mustBeRead: true,
  matches: (path) => /\.tfstate(?:\.backup)?$/.test(path),
  secretsIn: (text) => {
    try {
      const state: unknown = JSON.parse(text);
      return walk(state);
    } catch {
      // Not JSON: no state.
      return [];
    }
  },
};
