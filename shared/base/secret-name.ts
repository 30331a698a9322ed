/** Names that announce a secret value, and values that are none whatever their name says. */

/** Names that AWS and others gave to credentials. Their values are never taken for paths. */
const CREDENTIALS = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'azure_client_secret',
  'dockerhub_password',
  'gh_token',
  'github_token',
  'google_api_key',
  'hf_token',
  'openai_api_key',
]);

/** A secret's own word, which an option or a variable can end with. */
const SECRET = 'apikey|credentials?|pass|passphrase|passwd|passwords?|psw|pwd|pword|secrets?|tokens?';
/** Words that name secrets and much else. */
const MAYBE_SECRET = 'auth|keys?|usr';
/** Written as one word with what stands before: `PGPASSWORD`, `dbpassword`, `storepass`. */
const GLUED =
  'passwd|password|passphrase|secret|apikey|accesskey|secretkey|privatekey|authtoken|accesstoken|(?:db|key|root|store|user)pass';

const SECRET_NAME = new RegExp(`(?:^|_)(?:${SECRET}|${MAYBE_SECRET})(?:_|$)|(?:${GLUED})(?:_|$)`);
const SECRET_OPTION = new RegExp(`(?:^|_)(?:${SECRET}|(?:access|api|private|secret)_key)$|(?:${GLUED})$`);
const BARE_WORD = new RegExp(`^(?:${SECRET}|${MAYBE_SECRET})$`);

const PUBLIC = /(?:^|_)(?:public|pub|gpg|keyring|keyserver|recv)(?:_|$)/;
/** What is said about a secret, and where it is, is no secret. */
const ABOUT =
  /_(?:algorithm|alg|count|dir|enabled|endpoint|expiration|expires|expiry|file|home|host|hostname|length|lifetime|method|mode|name|path|port|size|store|timeout|ttl|type|uri|url|version)$/;
const ASKS_FOR_NONE = /^(?:allow|ask|disabled?|empty|expired?|no|prompt|require|skip|without)_/;

/** Lower case, words joined by `_`: `dbPassword`, `X-Db-Password` and `DB_PASSWORD` become alike. */
const wordsOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase();

/** `DB_PASSWORD`, `dbPassword`, `_authToken`, `--api-key`; not `GPG_KEY`, `TOKEN_URL`, `PASSWORD_FILE`. */
export const isSecretName = (name: string): boolean => {
  const words = wordsOf(name);
  return CREDENTIALS.has(words) || (SECRET_NAME.test(words) && !PUBLIC.test(words) && !ABOUT.test(words));
};

/** An option whose next argument is a secret: `--password`, `-storepass`; not `--disabled-password`, `--key`. */
export const isSecretOption = (name: string): boolean => {
  const words = wordsOf(name);
  return isSecretName(name) && SECRET_OPTION.test(words) && !ASKS_FOR_NONE.test(words);
};

const REFERENCE = /^(?:\$[A-Z_][A-Z0-9_]*|\$[0-9@*]|\$\{[A-Za-z_]\w*\}|\$\(.*|`.*|\{\{[^{}]*\}\}|%[A-Z_]+%)$/s;

/** `$NAME`, `${NAME}`, `$(command)`, `{{ template }}`: the secret itself is elsewhere. */
export const isReference = (value: string): boolean => REFERENCE.test(value);

const PLACEHOLDER =
  /^(?:|[01]|true|false|yes|no|on|off|null|none|nil|undefined|change_?me|placeholder|\[redacted\]|x{3,}|\*{3,}|<[^<>]*>)$/i;
const PATH = /^(?:\/|\.{1,2}\/|~\/|[A-Za-z]:[\\/]|file:\/\/)[\w./\\@%+:,{}$-]*$/;
/** Secret access keys of AWS are 40 characters of base64 and can begin with a slash. */
const BASE64_KEY = /^(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9/+]{40}$/;
/** Package names have no capitals and no `_`. */
const PACKAGE_NAME = /^[a-z0-9][a-z0-9.+-]*$/;
const PACKAGE_VERSION = /^[0-9][A-Za-z0-9:~+-]*\.[A-Za-z0-9.:~+*-]*$/;
/** A `key` that is a public key's id as gpg prints it, or a column to sort by. */
const PUBLIC_KEY = /^(?:(?:0x)?(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})|\d{1,3}(?:,\d{1,3})?)$/;

/** Whether the value is no secret although its name is a secret's: a placeholder, a reference, a path, a package pin. */
export const isHarmlessValue = (name: string, value: string): boolean => {
  if (PLACEHOLDER.test(value) || isReference(value)) return true;
  const words = wordsOf(name);
  if (CREDENTIALS.has(words)) return false;
  if (PATH.test(value)) return !BASE64_KEY.test(value);
  // `libsecret=0.20.4-r0` and `passwd=1:4.8.1-1` are packages; `password=1.2` is none.
  if (PACKAGE_VERSION.test(value)) return PACKAGE_NAME.test(name) && (words === 'passwd' || !BARE_WORD.test(words));
  return /^keys?$/.test(words) && PUBLIC_KEY.test(value);
};
