/** Secrets in text from strangers: found by their form or by the name beside them, and replaced by a fixed mark. */
import {
  ASSIGNMENT,
  CREDENTIAL_ARGUMENTS,
  FIELD,
  OPTION,
  PAIR,
  PRINTS,
  SETTING,
  TAKES_PASSWORD,
  TOKEN,
  URL_USER,
  USER_AND_PASSWORD,
} from './credential-patterns.ts';
import { isHarmlessValue, isReference, isSecretName, isSecretOption } from './secret-name.ts';

/** Says nothing of the value, not even its length. */
export const REDACTED = '[redacted]';

/**
 * Whether the value of a variable, an argument or a label is or holds a secret: by its form (a token of a known make,
 * credentials in a URL), or by its name where the value is neither a placeholder, a reference nor a path.
 */
export const looksLikeSecret = (name: string, value: string): boolean => redactValue(name, value) !== value;

/** The value with its secrets replaced; all of it where the name says that it is one. */
export const redactValue = (name: string, value: string): string => redactText(maskNamed(value, name));

/**
 * `A=1 B=two words`, the way image history writes variables: an unquoted value ends where the next name begins.
 * Returned as one would write it, `A=1 B="two words"`, with the secrets replaced.
 */
export const redactPairs = (text: string): string =>
  redactText(
    text.replace(PAIR, (_, before: string, name: string, value: string) => {
      const safe = inQuotes(value.trimEnd(), (inner) => maskNamed(inner, name));
      const quoted = QUOTED.test(safe) || !/\s/.test(safe) ? safe : `"${safe.replaceAll('"', '\\"')}"`;
      return `${before}${name}=${quoted}`;
    }),
  );

/** Free text, shell commands among it, with its secrets replaced. Linear in the length of the text. */
export const redactText = (text: string): string => {
  let safe = text.replace(TOKEN, REDACTED).replace(USER_AND_PASSWORD, maskPair).replace(URL_USER, maskPair);
  safe = maskPrinted(safe);
  for (const argument of CREDENTIAL_ARGUMENTS) safe = maskAfter(safe, argument, maskPair);
  for (const named of [ASSIGNMENT, SETTING, FIELD]) safe = maskAfter(safe, named, maskNamed);
  return maskAfter(safe, OPTION, (value, name) => (isSecretOption(name) ? maskNamed(value, name) : value));
};

/** A command in the exec form: an option and its value are two arguments. */
export const redactArguments = (args: readonly string[]): readonly string[] =>
  args.map((argument, index) => {
    const before = args[index - 1] ?? '';
    return redactText(before.startsWith('-') && isSecretOption(before) ? maskNamed(argument, before) : argument);
  });

/** In quotes, in escaped quotes, or up to the next space or operator; quotes that never close hold all the rest. */
const VALUE = /"[^"\\]*(?:\\.[^"\\]*)*"|'[^']*'|\\"[^"\\]*\\"|(?:[^\s"'\\;&|<>]|\\.)+|["'].*/sy;
/** The rest of what an opening quote holds. */
const REST_IN_QUOTES: Readonly<Record<string, RegExp>> = {
  '"': /[^"\\]*(?:\\.[^"\\]*)*(?=")/sy,
  "'": /[^']*(?=')/y,
  '\\"': /[^"\\]*(?=\\")/y,
};

const maskAfter = (text: string, head: RegExp, mask: (value: string, name: string) => string): string => {
  let safe = '';
  let done = 0;
  for (const match of text.matchAll(head)) {
    const start = match.index + match[0].length;
    if (start < done) continue;
    const inQuote = REST_IN_QUOTES[match.groups?.quote ?? ''];
    const value = (inQuote && readAt(inQuote, text, start)) ?? readAt(VALUE, text, start) ?? '';
    const masked = inQuotes(value, (inner) => mask(inner, match.groups?.name ?? ''));
    // What is no secret is read on from its beginning: `OPTS="-Dpassword=X"` is one inside the other.
    if (masked === value) continue;
    safe += text.slice(done, start) + masked;
    done = start + value.length;
  }
  return safe + text.slice(done);
};

const readAt = (sticky: RegExp, text: string, index: number): string | undefined => {
  sticky.lastIndex = index;
  return sticky.exec(text)?.[0];
};

/** A command that prints a password is a short one. */
const LOOK_BACK = 500;

const maskPrinted = (text: string): string => {
  let safe = '';
  let done = 0;
  for (const { index } of text.matchAll(TAKES_PASSWORD)) {
    const from = Math.max(done, index - LOOK_BACK);
    const prints = [...text.slice(from, index).matchAll(PRINTS)].at(-1);
    if (prints === undefined) continue;
    const start = from + prints.index + prints[0].length;
    const argument = text.slice(start, index).trimEnd();
    safe += text.slice(done, start) + inQuotes(argument, maskPair) + text.slice(start + argument.length, index);
    done = index;
  }
  return safe + text.slice(done);
};

const maskNamed = (value: string, name: string): string =>
  isSecretName(name) && !isHarmlessValue(name, value) ? REDACTED : value;

/** `user:password`, or one value alone; what only refers to a secret stays readable. */
const maskPair = (value: string): string =>
  value === '' || isReference(value.slice(value.indexOf(':') + 1)) ? value : REDACTED;

const QUOTED = /^(\\"|["'])(.*)\1$/s;

const inQuotes = (value: string, change: (inner: string) => string): string => {
  const [, quote = '', inner = value] = QUOTED.exec(value) ?? [];
  return quote + change(inner) + quote;
};
