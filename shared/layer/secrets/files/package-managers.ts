/** Where package managers keep the logins to their registries. */
import { type CredentialFile, named, secretsOf, WHOLE_FILE, withoutComments } from '../credential-file.ts';
import { isPassword } from '../plausible.ts';

const file = (
  recognised: string,
  matches: CredentialFile['matches'],
  values: (text: string) => readonly string[],
): CredentialFile => ({
  kind: 'package-manager-credentials',
  recognised,
  limit: WHOLE_FILE,
  mustBeRead: true,
  matches,
  secretsIn: (text) => values(text).filter(isPassword),
});

const NPMRC =
  /^[ \t]{0,20}(?:\/\/[^\s=]{1,300}:)?_(?:authToken|password|auth)[ \t]{0,20}=[ \t]{0,20}["']?(?<secret>[^\s"']{4,4000})/gm;
const YARNRC = /^[ \t]{0,20}npmAuth(?:Token|Ident):[ \t]{1,20}["']?(?<secret>[^\s"']{4,4000})/gm;
const PASSWORD_LINE = /^[ \t]{0,20}password[ \t]{0,20}[:=][ \t]{0,20}["']?(?<secret>[^\s"']{3,2000})/gim;
const TOKEN_LINE = /^[ \t]{0,20}(?:token|secret-key)[ \t]{0,20}=[ \t]{0,20}"(?<secret>[^\s"]{8,2000})"/gm;
const URL_PASSWORD = /\bhttps?:\/\/[^\s/:@'"]{0,200}:(?<secret>[^\s/@'"]{3,2000})@/g;
const XML_PASSWORD = /<(?:password|passphrase)>\s{0,20}(?<secret>[^\s<>]{3,1000})\s{0,20}</g;
const NUGET = /<add\s{1,20}key="ClearTextPassword"\s{1,20}value="(?<secret>[^"]{3,1000})"/gi;
const JSON_PASSWORD = /"password"\s{0,20}:\s{0,20}"(?<secret>[^"\\\n]{3,1000})"/g;
const JSON_TOKEN =
  /"(?:github-oauth|gitlab-oauth|gitlab-token|bearer)"\s{0,20}:\s{0,20}\{\s{0,40}"[^"\n]{1,300}"\s{0,20}:\s{0,20}"(?<secret>[^"\\\n]{8,1000})"/g;
const BUNDLE = /^BUNDLE_[A-Z0-9_]{1,200}:[ \t]{1,9}["']?[^\s"':/]{1,200}:(?<secret>[^\s"'/]{3,1000})["']?[ \t]*$/gm;
const GEM = /^:[\w-]{1,100}:[ \t]{1,9}["']?(?:Bearer )?(?<secret>[^\s"']{16,1000})/gm;
const MACHINE = /\bpassword\s{1,20}["']?(?<secret>[^\s"']{3,1000})/g;

export const PACKAGE_MANAGERS: readonly CredentialFile[] = [
  file('`.npmrc`, `npmrc`: `_authToken`, `_password`, `_auth`', named('.npmrc', 'npmrc'), (text) =>
    secretsOf(text, NPMRC),
  ),
  file('`.yarnrc.yml`: `npmAuthToken`, `npmAuthIdent`', named('.yarnrc.yml'), (text) => secretsOf(text, YARNRC)),
  file('`.pypirc`, `pypoetry/auth.toml`: `password`', named('.pypirc', 'pypoetry/auth.toml'), (text) =>
    secretsOf(text, PASSWORD_LINE),
  ),
  file(
    '`pip.conf`, `requirements*.txt`, `Pipfile`, `Gemfile`, `.condarc`, apt’s `sources.list`, `*.repo`: URLs with a password',
    (path) =>
      named('pip.conf', 'pip.ini', 'Pipfile', 'Gemfile', '.condarc', 'uv.toml', 'etc/apk/repositories')(path) ||
      /(?:^|\/)requirements[^/]{0,60}\.txt$|sources\.list(?:\.d\/[^/]{1,200})?$|\.repo$/.test(path),
    (text) => secretsOf(text, URL_PASSWORD),
  ),
  file(
    'apt’s `auth.conf`: `password`',
    (path) => /(?:^|\/)apt\/auth\.conf(?:\.d\/[^/]{1,200})?$/.test(path),
    (text) => secretsOf(text, MACHINE),
  ),
  file('Maven’s `settings.xml`: `password`, `passphrase`; encrypted ones are none', named('settings.xml'), (text) =>
    secretsOf(withoutComments(text), XML_PASSWORD),
  ),
  file(
    '`NuGet.Config`: `ClearTextPassword`',
    (path) => /(?:^|\/)nuget\.config$/i.test(path),
    (text) => secretsOf(withoutComments(text), NUGET),
  ),
  file('Composer’s `auth.json`: `http-basic`, `github-oauth`, `gitlab-token`, `bearer`', named('auth.json'), (text) => [
    ...secretsOf(text, JSON_PASSWORD),
    ...secretsOf(text, JSON_TOKEN),
  ]),
  file('`.bundle/config`: `user:password`', named('.bundle/config', 'bundle/config'), (text) =>
    secretsOf(text, BUNDLE),
  ),
  file('`.gem/credentials`', named('.gem/credentials', '.local/share/gem/credentials'), (text) => secretsOf(text, GEM)),
  file(
    'Cargo’s `credentials.toml`: `token`, `secret-key`',
    named('.cargo/credentials', '.cargo/credentials.toml', 'cargo/credentials', 'cargo/credentials.toml'),
    (text) => secretsOf(text, TOKEN_LINE),
  ),
];
