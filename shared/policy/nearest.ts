/** The word that was probably meant. */

/** No key and no value is longer. */
const LONGEST = 40;

/** The word that is a slip or two away; undefined where none is. */
export const nearest = (word: string, words: readonly string[]): string | undefined => {
  if (word.length > LONGEST) return undefined;
  const [best] = words
    .map((one) => ({ one, slips: slips(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, slips }) => slips <= Math.max(1, Math.floor(one.length / 3)))
    .toSorted((left, right) => left.slips - right.slips);
  return best?.one;
};

/** Letters to add, to remove, to change, or to swap with their neighbour (optimal string alignment). */
const slips = (left: string, right: string): number => {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let from = 1; from <= left.length; from += 1) {
    const next = [from];
    for (let to = 1; to <= right.length; to += 1) {
      const swapped = from > 1 && to > 1 && left[from - 1] === right[to - 2] && left[from - 2] === right[to - 1];
      next.push(
        Math.min(
          at(next, to - 1) + 1,
          at(row, to) + 1,
          at(row, to - 1) + (left[from - 1] === right[to - 1] ? 0 : 1),
          swapped ? at(before, to - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return at(row, right.length);
};

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
