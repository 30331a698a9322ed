/**
 * Numbers that look random and are the same for the same seed, on every machine and in every release: mulberry32, ten
 * lines that will not change, where a library's next version may draw in another order and change every estate.
 */

/** From 0 inclusive to 1 exclusive. */
export type Random = () => number;

/** Value → its share; the shares need not add up to 1. */
export type Shares<V> = readonly (readonly [value: V, share: number])[];

export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/** A whole number from 0 to `end` - 1. */
export const below = (random: Random, end: number): number => Math.floor(random() * end);

/** Throws for an empty list. */
export const pick = <T>(random: Random, items: readonly T[]): T => at(items, below(random, items.length));

/** Throws for a place that the list has not. */
export const at = <T>(items: readonly T[], index: number): T => {
  const [item] = items.slice(index, index + 1);
  if (item === undefined) throw new RangeError(`there is no item ${index} among ${items.length}`);
  return item;
};

/** Each draw by itself. */
export const drawn = <V>(random: Random, shares: Shares<V>): V => {
  let rest = random() * total(shares);
  const found = shares.find(([, share]) => {
    rest -= share;
    return rest < 0;
  });
  return (found ?? at(shares, shares.length - 1))[0];
};

export const shuffled = <T>(random: Random, items: readonly T[]): readonly T[] => {
  const order = items.map((item) => ({ item, rank: random() }));
  return order.toSorted((left, right) => left.rank - right.rank).map(({ item }) => item);
};

/**
 * As cards are dealt: of `count` values each has its share, rounded, in a random order. What would come once in two
 * hundred comes so, and an estate says something about the shares and not about its luck.
 */
export const dealt = <V>(random: Random, shares: Shares<V>, count: number): readonly V[] => {
  const sum = total(shares);
  let reached = 0;
  let given = 0;
  const values = shares.flatMap(([value, share]) => {
    reached += share;
    const end = Math.round((count * reached) / sum);
    const cards = new Array<V>(end - given).fill(value);
    given = end;
    return cards;
  });
  return shuffled(random, values);
};

const total = (shares: Shares<unknown>): number => shares.reduce((sum, [, share]) => sum + share, 0);
