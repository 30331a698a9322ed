/** All files that are read whole for what they keep; the more telling kind comes first. */
import type { CredentialFile } from './credential-file.ts';
import { LOGINS } from './files/logins.ts';
import { NAMED_SECRETS } from './files/named-secrets.ts';
import { PACKAGE_MANAGERS } from './files/package-managers.ts';
import { PASSWORD_HASHES } from './files/password-hashes.ts';
import { TERRAFORM_STATE } from './files/terraform-state.ts';

export const CREDENTIAL_FILES: readonly CredentialFile[] = [
  ...LOGINS,
  ...PACKAGE_MANAGERS,
  ...PASSWORD_HASHES,
  TERRAFORM_STATE,
  ...NAMED_SECRETS,
];
