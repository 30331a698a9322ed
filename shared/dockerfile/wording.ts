/** In which wording a statement is written: whole, for checks that must see secrets, or redacted, for all that is shown. */
import { PAIR } from '../base/credential-patterns.ts';
import { redactPairs, redactText } from '../base/redaction.ts';

export interface Wording {
  /** Of free text, shell commands among it. */
  readonly text: (text: string) => string;
  /** Of `A=1 B=two words`: as one would write it, with quotes. */
  readonly pairs: (text: string) => string;
}

export const REDACTED_WORDING: Wording = { text: redactText, pairs: redactPairs };

/** Never shown, logged or stored. */
export const WHOLE_WORDING: Wording = {
  text: (text) => text,
  pairs: (text) =>
    text.replace(
      PAIR,
      (_, before: string, name: string, value: string) => `${before}${name}=${quoted(value.trimEnd())}`,
    ),
};

const quoted = (value: string): string =>
  /^(["']).*\1$/s.test(value) || !/\s/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`;
