/** Values whose names say that they are secret, in files that hold settings. */
import { isHarmlessValue, isSecretName } from '../../../base/secret-name.ts';
import { type CredentialFile, WHOLE_FILE } from '../credential-file.ts';
import { isPassword, looksGenerated } from '../plausible.ts';

/** Keys that every visitor of a page gets to see. */
const PUBLISHED = /publishable|public|(?:^|[_-])anon|site.?key|client.?(?:id|key)|cache.?key|key.?id$/i;
/** `auth`, `key`, `usr` alone name much that is no secret. */
const CERTAIN = /pass|psw|pwd|pword|secret|token|credential|api.?key|access.?key|private.?key/i;
/** Found by its own form, or a reference to where the secret is. */
const OTHERWISE = /:\/\/|-----BEGIN|^arn:|^sha\d{1,3}[:-]|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

const isNamed = (name: string, value: string): boolean =>
  isSecretName(name) && !PUBLISHED.test(name) && !OTHERWISE.test(value) && !isHarmlessValue(name, value);

const ENVIRONMENT =
  /^[ \t]{0,20}(?:export[ \t]{1,9})?(?<name>[A-Za-z_][\w.-]{0,100})[ \t]{0,9}=[ \t]{0,9}(?:"(?<double>[^"\n]{1,4000})"|'(?<single>[^'\n]{1,4000})'|(?<bare>[^\s"'#][^\s#]{0,4000}))/gm;

const ENVIRONMENT_FILE = /(?:^|\/)(?:\.env(?:\.[^/]{1,60})?|[^/]{1,100}\.env|\.envrc|\.flaskenv|etc\/environment)$/;
const PATTERN_FILE =
  /[._-](?:example|sample|template|tpl|dist|default|defaults)(?:\.[a-z]{1,5})?$|(?:^|\/)(?:example|sample)s?[._-][^/]{0,60}$/i;

/** `name: X`, `"name": "X"`, `name = X`, `'name' => 'X'`, `define('NAME', 'X')`, `export NAME=X`. */
const SETTING =
  /(?<![\w.$/@:-])(?<name>[A-Za-z_][\w.-]{2,60})["']?[ \t]{0,9}(?:=>|:=|[:=,])[ \t]{0,9}(?:"(?<double>[^"\s]{8,400})"|'(?<single>[^'\s]{8,400})'|(?<bare>[^\s"'#,;()[\]{}<>]{8,400})(?=\s|$))/g;

const SETTINGS_FILE =
  /\.(?:ya?ml|json|toml|ini|conf|cfg|cnf|config|properties|tfvars|sh|bash|php)$|(?:^|\/)(?:(?:local_)?settings|config)\.py$|(?:^|\/)Dockerfile[^/]{0,60}$/;
/** Lists of packages with their checksums, schemas, texts for people, recorded tests. */
const NO_SETTINGS =
  /(?:[-.]lock|lock\.json|\.schema\.json|\.map\.json|package\.json|openapi[^/]{0,40}|swagger[^/]{0,40})$|(?:^|\/)(?:locales?|i18n|translations?)\//i;
/** Settings are short; what is longer is data. */
const SETTINGS_LIMIT = 256 * 1024;

const valuesOf = (text: string, pattern: RegExp, wants: (name: string, value: string) => boolean): readonly string[] =>
  [...text.matchAll(pattern)].flatMap(({ groups }) => {
    const value = groups?.double ?? groups?.single ?? groups?.bare ?? '';
    return wants(groups?.name ?? '', value) ? [value] : [];
  });

export const NAMED_SECRETS: readonly CredentialFile[] = [
  {
    kind: 'named-secret',
    recognised:
      '`.env`, `*.env`, `.envrc`, `etc/environment`: a value whose name is a secret’s; patterns such as `.env.example` are none',
    limit: WHOLE_FILE,
    mustBeRead: true,
    matches: (path) => ENVIRONMENT_FILE.test(path) && !PATTERN_FILE.test(path),
    secretsIn: (text) =>
      valuesOf(
        text,
        ENVIRONMENT,
        (name, value) => isNamed(name, value) && (CERTAIN.test(name) ? isPassword(value) : looksGenerated(value)),
      ),
  },
  {
    kind: 'named-secret',
    recognised:
      'settings (YAML, JSON, TOML, INI, properties, shell, PHP, `settings.py`, Dockerfiles up to 256 KiB): a value whose name is a secret’s and that nobody would have thought up',
    limit: SETTINGS_LIMIT,
    mustBeRead: false,
    matches: (path) => SETTINGS_FILE.test(path) && !NO_SETTINGS.test(path) && !PATTERN_FILE.test(path),
    secretsIn: (text) =>
      CERTAIN.test(text)
        ? valuesOf(text, SETTING, (name, value) => CERTAIN.test(name) && isNamed(name, value) && looksGenerated(value))
        : [],
  },
];
