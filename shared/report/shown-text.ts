/** Text out of an image as a report shows it: printable, its secrets gone, and no longer than there is room. */
import { clipText, plainText } from '../base/clip-text.ts';
import { redactText } from '../base/redaction.ts';

/** One line. Made printable first: what nobody sees must not part a secret. Cut last: nor must the end. */
export const shownText = (text: string, max = Number.POSITIVE_INFINITY): string =>
  clipText(redactText(plainText(text)), max);

/** As many lines as it has, each printable and indented as it was. */
export const shownLines = (text: string): string =>
  redactText(
    text
      .split(/\r?\n/)
      .map((line) => ' '.repeat(line.length - line.trimStart().length) + plainText(line))
      .join('\n')
      .trim(),
  );
