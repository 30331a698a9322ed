/** What the layers hold, told once for each, with the layer that brought it first and the one that took it away. */
import type { Fate, Place } from '../inspected-image.ts';
import type { Spot, Spots } from './spots.ts';

export interface Identity<T> {
  /** What two layers must share to speak of one thing: its path is part of it. */
  readonly key: (item: T) => string;
  /** Whether the upper layer brings what was there already; otherwise it replaces it. */
  readonly same: (lower: T, upper: T) => boolean;
}

/** One sort of thing, over all layers. */
export interface FoundMerge<T> {
  /**
   * One layer upon those before. `hidden`: where it takes away what they hold; what it brings itself is not touched by
   * that. `layer`: its index.
   */
  readonly add: (layer: number, found: readonly T[], hidden: Iterable<Spot>) => void;
  /** By the layer that brought it, lowest first. `places`: one per layer. */
  readonly items: (places: readonly Place[]) => readonly (T & Fate)[];
  /** More was found than is kept, and the rest left out. */
  readonly isFull: () => boolean;
}

interface Entry<T> {
  item: T;
  readonly name: string;
  readonly layer: number;
  deletedBy?: number;
}

/** `limit`: how many are kept, those that a later layer takes away among them. */
export const mergeFound = <T extends { readonly path: string }>(
  spots: Spots,
  { key, same }: Identity<T>,
  limit: number,
): FoundMerge<T> => {
  const all: Entry<T>[] = [];
  const present = new Map<string, Entry<T>>();
  const bySpot = new Map<Spot, Entry<T>[]>();
  let isFull = false;

  const hold = (entry: Entry<T>): boolean => {
    const spot = spots.hold(entry.item.path);
    if (spot === undefined) return false;
    const there = bySpot.get(spot);
    if (there === undefined) bySpot.set(spot, [entry]);
    else there.push(entry);
    return true;
  };

  const takeAt = (hidden: Iterable<Spot>): Set<Entry<T>> => {
    const taken = new Set<Entry<T>>();
    for (const spot of hidden) {
      for (const entry of bySpot.get(spot) ?? []) if (entry.deletedBy === undefined) taken.add(entry);
      bySpot.delete(spot);
    }
    return taken;
  };

  return {
    add: (layer, found, hidden) => {
      const gone = takeAt(hidden);
      const brought = new Map(found.map((item) => [key(item), item]));
      for (const [name, item] of brought) {
        const before = present.get(name);
        if (before === undefined) continue;
        if (same(before.item, item)) {
          before.item = item;
          if (gone.delete(before)) hold(before);
          brought.delete(name);
        } else gone.add(before);
      }
      for (const entry of gone) {
        entry.deletedBy = layer;
        present.delete(entry.name);
      }
      for (const [name, item] of brought) {
        const entry: Entry<T> = { item, name, layer };
        if (all.length >= limit || !hold(entry)) {
          isFull = true;
          break;
        }
        all.push(entry);
        present.set(name, entry);
      }
    },
    items: (places) =>
      all.flatMap(({ item, layer, deletedBy }) => {
        const [place, taker] = [places[layer], deletedBy === undefined ? undefined : places[deletedBy]];
        return place === undefined ? [] : [{ ...item, ...place, ...(taker && { deletedBy: taker.layer }) }];
      }),
    isFull: () => isFull,
  };
};
