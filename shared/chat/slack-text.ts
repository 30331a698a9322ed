/** Foreign text inside Slack's mrkdwn: escaped, without markup, cut to a length and never inside an entity. */
import { plainText } from '../base/clip-text.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

/** Slack has no escape for its formatting characters: look-alikes stand in, so that nothing turns bold or into code. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ['*', '∗'],
  ['_', 'ˍ'],
  ['~', '∼'],
  ['`', 'ˋ'],
]);

/** Running text, at most `max` characters after escaping. May be empty. */
export const slackText = (text: string, max: number): string =>
  cut(plainText(text), max, (character) => ENTITIES.get(character) ?? LOOK_ALIKES.get(character) ?? character);

/** A code span: inside it only the backtick has a meaning. At most `max` characters with its backticks; never empty. */
export const slackCode = (text: string, max: number): string =>
  `\`${cut(plainText(text) || '–', max - 2, (character) => ENTITIES.get(character) ?? (character === '`' ? 'ˋ' : character))}\``;

const LISTED = 5;

/** The first five as code spans, each at most `max` characters, and how many more there are; `more`: beside the list. */
export const slackList = (texts: readonly string[], max: number, more = 0): string => {
  const left = Math.max(0, texts.length - LISTED) + more;
  const codes = texts.slice(0, LISTED).map((text) => slackCode(text, max));
  return `${codes.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
};

/** For plain_text objects, which know no formatting. */
export const slackPlain = (text: string, max: number): string =>
  cut(plainText(text) || '–', max, (character) => ENTITIES.get(character) ?? character);

/** Character by character, so that the cut falls between entities. */
const cut = (text: string, max: number, written: (character: string) => string): string => {
  const pieces = Array.from(text, written);
  const whole = pieces.join('');
  if (whole.length <= max) return whole;
  let kept = '';
  for (const piece of pieces) {
    if (kept.length + piece.length > max - 1) break;
    kept += piece;
  }
  return `${kept}…`;
};
