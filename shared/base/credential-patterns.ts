/** How credentials look in variables, URLs and shell commands. */

// Every pattern below is linear: it begins with a literal or behind a character that its own repeats exclude, so that
// no two attempts read the same run of characters, or its repeats are bounded.

const ALONE = String.raw`(?<=^|[^A-Za-z0-9_-]|\\[nrt]|%[0-9A-Fa-f]{2})`;
const PRIVATE_KEY = 'PRIVATE KEY(?: BLOCK)?-----';
/** Tokens of a known make; a private key goes with all that follows it up to its end line. */
export const TOKEN = new RegExp(
  [
    `-----BEGIN [A-Z0-9 ]{0,40}${PRIVATE_KEY}[^]*?(?:-----END [A-Z0-9 ]{0,40}${PRIVATE_KEY}|$)`,
    '(?:AKIA|ASIA)[A-Z0-9]{16,}',
    'gh[opsur]_[A-Za-z0-9]{20,}',
    'github_pat_[A-Za-z0-9_]{20,}',
    'glpat-[A-Za-z0-9_.-]{20,}',
    'npm_[A-Za-z0-9]{30,}',
    'hf_[A-Za-z0-9]{30,}',
    'dckr_pat_[A-Za-z0-9_-]{20,}',
    'AIza[A-Za-z0-9_-]{35,}',
    'xox[abeoprs]-[A-Za-z0-9-]{10,}',
    '[sr]k_live_[A-Za-z0-9]{20,}',
    'rubygems_[a-f0-9]{40,}',
    'pypi-Ag[A-Za-z0-9_-]{50,}',
    String.raw`${ALONE}SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,}`,
    // The secret of an application in Entra ID: what tells it is in its middle.
    String.raw`${ALONE}[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,}`,
    // With a digit or a capital, so that hyphenated words are no key.
    `${ALONE}sk-(?=[a-z_-]*[A-Z0-9])[A-Za-z0-9_-]{20,}`,
    String.raw`${ALONE}eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?`,
    String.raw`hooks\.slack(?:-gov)?\.com/[a-z]{1,20}/[A-Za-z0-9_/+-]{8,}`,
  ].join('|'),
  'g',
);

/** `scheme://user:password@`, and `https://token@`. */
export const USER_AND_PASSWORD = /(?<=:\/\/)[^\s/:@'"]*:[^\s/'"]*(?=@)/g;
export const URL_USER = /(?<=\bhttps?:\/\/)[^\s/:@'"]+(?=@)/gi;

const NAME = String.raw`(?<name>[A-Za-z_][\w.-]*)`;
/** `NAME=X`, `--name=X`, `"NAME=two words"`, `$name = X`; `google-auth==2.0` is a package pin, `"-Dname=X -Dmore"` a list. */
export const ASSIGNMENT = new RegExp(
  String.raw`(?:(?<quote>\\?["'])(?!-[^-]))?(?<![\w.-])-{0,2}${NAME}(?:=(?!=)|\s{1,3}=\s{1,3})`,
  'g',
);
/** `npm config set //registry/:_authToken X`, `aws configure set aws_secret_access_key X`. */
export const SETTING = /\bset\s+(?:-{1,2}[a-z]+\s+)?["']?(?<name>[^\s"'=]+)["']?\s+/g;
/** `"password": "X"`, `X-Api-Key: X`. */
export const FIELD = new RegExp(String.raw`(?<![\w.-])${NAME}(?:\\?["']\s*:\s*|:\s+)(?![{[])`, 'g');
/** `--password X`, `"--password", "X"`. */
export const OPTION = new RegExp(String.raw`(?<![\w.-])--?${NAME}(?:\s+|\\?["']\s*,?\s*(?=["'\\]))(?!-)`, 'g');

export const PAIR =
  /(^|\s)["']?([A-Za-z_][\w./-]*)["']?=("[^"\\]*(?:\\.[^"\\]*)*"(?=\s|$)|'[^']*'(?=\s|$)|(?:(?!\s["']?[A-Za-z_][\w./-]*["']?=).)*)/gs;

/** Arguments whose place and not whose name says that they are secret. */
export const CREDENTIAL_ARGUMENTS = [
  /\blogin\b[^;&|]{0,200}?\s-p[\s=]*/g,
  /\bsshpass\b[^;&|]{0,100}?\s-p\s*/g,
  /\b(?:mysql|mariadb)(?:-?(?:admin|dump))?\b[^;&|]{0,200}?\s-p/g,
  /\bdoctl\b[^;&|]{0,200}?\s-t\s+/g,
  /\b(?:curl|wget)\b[^;|]{0,500}?\s(?:-[A-Za-z]{0,10}[uU]\s*|--(?:proxy-)?user[\s=]+)(?=[^\s:]{0,200}:)/g,
  /\bauthorization\s{0,5}[:=]\s{0,5}(?:(?:basic|bearer|digest|negotiate|token)\s+)?/gi,
  /\bpass:/g,
  /\bchpasswd\s{0,5}<<<\s{0,5}/g,
] as const;

/** `echo root:X | chpasswd`, `echo X | docker login --password-stdin`. */
export const TAKES_PASSWORD =
  /\|\s{0,5}(?:sudo\s{1,5})?(?:\/usr\/sbin\/)?(?:chpasswd|passwd\b|[^|;&]{1,200}?--password-stdin)/g;
export const PRINTS = /(?:^|[;&|(\s"'])(?:echo|printf)\s+(?:-\w+\s+)*/g;
