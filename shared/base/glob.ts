/** Patterns in which `*` is any run of characters, also none, and everything else is itself. */

/**
 * Without regular expressions: texts come from images, thousands of characters long. Each piece between two stars is
 * taken where it first occurs, so that nothing is tried twice.
 */
export const matchesGlob = (pattern: string, text: string): boolean => {
  const [head = '', ...pieces] = pattern.split('*');
  const tail = pieces.pop();
  if (tail === undefined) return text === pattern;
  const end = text.length - tail.length;
  let at = head.length;
  if (at > end || !text.startsWith(head) || !text.endsWith(tail)) return false;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
};

/** A character that no pattern has: only a star can stand for it. */
const ANY = '\u0000';

/** Whether `wide` matches every text that `narrow` matches. */
export const coversGlob = (wide: string, narrow: string): boolean => matchesGlob(wide, narrow.replaceAll('*', ANY));
