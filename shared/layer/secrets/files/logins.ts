/** Where git, curl, kubectl and database clients keep logins. */
import { type CredentialFile, named, secretsOf, WHOLE_FILE } from '../credential-file.ts';
import { isPassword } from '../plausible.ts';

const passwords =
  (...patterns: readonly RegExp[]): CredentialFile['secretsIn'] =>
  (text) =>
    patterns.flatMap((pattern) => secretsOf(text, pattern)).filter(isPassword);

const URL_PASSWORD = /\bhttps?:\/\/[^\s/:@'"]{0,200}:(?<secret>[^\s/@'"]{3,2000})@/g;
/** A token in the place of the user. */
const URL_TOKEN = /\bhttps?:\/\/(?<secret>[^\s/:@'"]{20,2000})@/g;
/** As actions/checkout writes it. */
const EXTRA_HEADER =
  /\bextraheader\s{0,9}=\s{0,9}authorization:\s{1,9}(?:basic|bearer)\s{1,9}(?<secret>[^\s"']{8,4000})/gi;
const NETRC = /\bpassword\s{1,20}["']?(?<secret>[^\s"']{3,1000})/g;
const KUBECONFIG =
  /^[ \t-]{0,40}(?:token|password|id-token|refresh-token|client-secret):[ \t]{1,9}["']?(?<secret>[^\s"']{6,8000})/gm;
const PGPASS =
  /^[^\s:#][^\n:]{0,255}:[^\n:]{1,10}:[^\n:]{1,100}:[^\n:]{1,100}:(?<secret>[^\n]{3,500}?)[ \t\r]{0,20}$/gm;
const CNF_PASSWORD = /^[ \t]{0,20}password[ \t]{0,20}=[ \t]{0,20}["']?(?<secret>[^\s"']{3,500})/gm;

export const LOGINS: readonly CredentialFile[] = [
  {
    kind: 'git-credentials',
    recognised:
      '`.git-credentials`, `.git/config`, `.gitconfig`, `.gitmodules`: URLs with a password or a token, `extraheader`',
    limit: WHOLE_FILE,
    mustBeRead: true,
    matches: named('.git-credentials', 'git/credentials', '.git/config', '.gitconfig', '.gitmodules', 'etc/gitconfig'),
    secretsIn: passwords(URL_PASSWORD, URL_TOKEN, EXTRA_HEADER),
  },
  {
    kind: 'netrc-credentials',
    recognised: '`.netrc`, `_netrc`: `password`',
    limit: WHOLE_FILE,
    mustBeRead: true,
    matches: named('.netrc', '_netrc', 'etc/netrc'),
    secretsIn: passwords(NETRC),
  },
  {
    kind: 'kubernetes-credentials',
    recognised: '`.kube/config`, `kubeconfig`, `*.kubeconfig`, `etc/kubernetes/*.conf`: `token`, `password`',
    limit: WHOLE_FILE,
    mustBeRead: true,
    matches: (path) =>
      named('.kube/config', 'kubeconfig', 'kubeconfig.yaml', 'kubeconfig.yml')(path) ||
      /\.kubeconfig$|(?:^|\/)etc\/kubernetes\/[^/]{1,200}\.conf$/.test(path),
    secretsIn: passwords(KUBECONFIG),
  },
  {
    kind: 'database-url',
    recognised: '`.pgpass`',
    limit: WHOLE_FILE,
    mustBeRead: true,
    matches: named('.pgpass'),
    secretsIn: passwords(PGPASS),
  },
  {
    kind: 'database-url',
    recognised: '`.my.cnf`, `etc/mysql/debian.cnf`: `password`',
    limit: WHOLE_FILE,
    mustBeRead: true,
    matches: named('.my.cnf', 'etc/mysql/debian.cnf'),
    secretsIn: passwords(CNF_PASSWORD),
  },
];
