/** Text from strangers (scanners, registries, attackers): made printable, and cut without breaking a character. */

/** ANSI escape sequences: colours and cursor moves, as a terminal would obey them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ANSI = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\^_])/g;

/** Characters that no one sees but that reorder or hide the others: bidi controls, zero-width, tags, soft hyphen. */
const INVISIBLE = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** One printable line: no control or invisible characters, no lone surrogates, single spaces, trimmed. May be empty. */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(ANSI, '')
    .replace(INVISIBLE, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();

/**
 * `plainText`, at most `max` UTF-16 units long (the strictest of the ways in which APIs count characters); what was
 * cut off leaves an ellipsis.
 */
export const clipText = (text: string, max: number): string => {
  const plain = plainText(text);
  if (plain.length <= max) return plain;
  const kept = plain.slice(0, max - 1);
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
};
