/** Hashes of passwords of people: of the system's accounts and of web servers. */
import { type CredentialFile, named, secretsOf, WHOLE_FILE } from '../credential-file.ts';

/** `$id$…`, `_…` (BSDi) or 13 characters (DES), as crypt(5) lists them; `!` and `*` before it lock the account. */
const HASH = String.raw`(?<secret>\$[0-9a-z]{1,10}\$[^\s:]{12,400}|_[A-Za-z0-9./]{19}|[A-Za-z0-9./]{13})`;
const SHADOW = new RegExp(String.raw`^[^\s:]{1,256}:${HASH}(?=:)`, 'gm');
const HTPASSWD = new RegExp(String.raw`^[^\s:]{1,256}:(?:${HASH}|\{SHA\}[A-Za-z0-9+/=]{28})\r?$`, 'gm');

export const PASSWORD_HASHES: readonly CredentialFile[] = [
  {
    kind: 'password-hash',
    recognised: '`etc/shadow`, `etc/gshadow` and their copies; a locked account is none',
    limit: WHOLE_FILE,
    mustBeRead: true,
    matches: (path) => /(?:^|\/)etc\/g?shadow(?:-|\.[a-z]{1,10})?$/.test(path),
    secretsIn: (text) => secretsOf(text, SHADOW),
  },
  {
    kind: 'password-hash',
    recognised: '`.htpasswd`, `htpasswd`',
    limit: WHOLE_FILE,
    mustBeRead: true,
    matches: named('.htpasswd', 'htpasswd'),
    secretsIn: (text) => secretsOf(text, HTPASSWD).filter((hash) => hash !== ''),
  },
];
