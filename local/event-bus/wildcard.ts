/** EventBridge's wildcard text: `*` stands for any characters, `\*` and `\\` for themselves. */
import { InvalidEventPatternException } from './invalid-event-pattern.ts';

/** The literal texts between the stars, in order: one text means that there is no star. */
const literalsOf = (wildcard: string): readonly string[] => {
  const literals = [''];
  let afterStar = false;
  for (let at = 0; at < wildcard.length; at += 1) {
    const star = wildcard[at] === '*';
    if (star && afterStar) throw new InvalidEventPatternException('Consecutive wildcard characters');
    if (star) literals.push('');
    else {
      if (wildcard[at] === '\\') {
        at += 1;
        if (wildcard[at] !== '*' && wildcard[at] !== '\\')
          throw new InvalidEventPatternException('Invalid escape character');
      }
      literals.push(`${literals.pop()}${wildcard[at]}`);
    }
    afterStar = star;
  }
  return literals;
};

/**
 * The test for one wildcard. The leftmost place for each literal is always as good as a later one, so nothing is ever
 * tried twice and no text can make it slow, which a regular expression would not promise.
 */
export const compileWildcard = (wildcard: string): ((text: string) => boolean) => {
  const literals = literalsOf(wildcard);
  const [first = '', ...rest] = literals;
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let from = first.length;
    for (const literal of rest) {
      const found = text.indexOf(literal, from);
      if (found === -1) return false;
      from = found + literal.length;
    }
    return text.length - last.length >= from && text.endsWith(last);
  };
};
