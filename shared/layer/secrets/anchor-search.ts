/** Many fixed words looked for in bytes at once, stepping over what cannot be part of one (Wu and Manber, 1994). */

/** Characters of every word that the tables look at; a word may be longer, not shorter. */
export const HEAD = 4;

/** Every step reads two bytes. */
const STEP = HEAD - 1;

/**
 * `visit` is told of every word that begins at `from` or after it and before `to`, in order, with its place in `words`.
 * Words may reach past `to`, up to `length`.
 */
export type AnchorSearch = (
  bytes: Buffer,
  from: number,
  to: number,
  length: number,
  visit: (index: number, word: number) => void,
) => void;

interface Candidate {
  readonly word: number;
  readonly bytes: Buffer;
}

/** Words of Latin-1. */
export const createAnchorSearch = (words: readonly string[]): AnchorSearch => {
  // By two bytes: how far away the end of a head that holds them is.
  const shifts = new Uint8Array(0x10000).fill(STEP);
  // By the last two bytes of a head: the index of the list of words that it may begin.
  const slots = new Uint16Array(0x10000);
  const lists: Candidate[][] = [[]];
  for (const [word, text] of words.entries()) {
    if (text.length < HEAD) throw new RangeError(`an anchor has ${HEAD} characters or more`);
    const bytes = Buffer.from(text, 'latin1');
    for (let end = 1; end < HEAD; end += 1) {
      const pair = bytes.readUInt16BE(end - 1);
      shifts[pair] = Math.min(shifts[pair] ?? 0, STEP - end);
    }
    const last = bytes.readUInt16BE(HEAD - 2);
    if (slots[last] === 0) slots[last] = lists.push([]) - 1;
    lists[slots[last] ?? 0]?.push({ word, bytes });
  }

  return (bytes, from, to, length, visit) => {
    const end = Math.min(length, to + STEP);
    let index = from + STEP;
    while (index < end) {
      const pair = ((bytes[index - 1] ?? 0) << 8) | (bytes[index] ?? 0);
      const shift = shifts[pair] ?? 0;
      if (shift > 0) {
        index += shift;
        continue;
      }
      const start = index - STEP;
      const first = bytes[start];
      for (const candidate of lists[slots[pair] ?? 0] ?? [])
        if (
          first === candidate.bytes[0] &&
          start + candidate.bytes.length <= length &&
          candidate.bytes.compare(bytes, start, start + candidate.bytes.length) === 0
        )
          visit(start, candidate.word);
      index += 1;
    }
  };
};
