/** What the layers hold, told once for each, with the layer that brought it first and the one that took it away. */
import type { Fate, Place } from '../inspected-image.ts';
import type { Hides } from './overlay.ts';

/** One layer, as far as one sort of thing goes. */
export interface FoundInLayer<T> {
  readonly place: Place;
  readonly found: readonly T[];
  readonly hides: Hides;
}

export interface Identity<T> {
  /** What two layers must share to speak of one thing. */
  readonly key: (item: T) => string;
  /** Whether the upper layer brings what was there already; otherwise it replaces it. */
  readonly same: (lower: T, upper: T) => boolean;
}

export interface MergedFound<T> {
  /** By the layer that brought it, lowest first. */
  readonly items: readonly (T & Fate)[];
  /** More than `limit` were found, and the rest left out. */
  readonly leftOut: boolean;
}

/** `layers`: lowest first. What a layer brings is not touched by its own deletions: they are about the layers below. */
export const mergeFound = <T extends { readonly path: string }>(
  layers: readonly FoundInLayer<T>[],
  { key, same }: Identity<T>,
  limit: number,
): MergedFound<T> => {
  const all: { item: T; readonly place: Place; deletedBy?: Place['layer'] }[] = [];
  const present = new Map<string, (typeof all)[number]>();
  let leftOut = false;
  for (const { place, found, hides } of layers) {
    const brought = new Map(found.map((item) => [key(item), item]));
    for (const [name, entry] of present) {
      const successor = brought.get(name);
      if (successor !== undefined && same(entry.item, successor)) {
        entry.item = successor;
        brought.delete(name);
      } else if (successor !== undefined || hides(entry.item.path)) {
        entry.deletedBy = place.layer;
        present.delete(name);
      }
    }
    for (const [name, item] of brought) {
      if (all.length >= limit) {
        leftOut = true;
        break;
      }
      const entry = { item, place };
      all.push(entry);
      present.set(name, entry);
    }
  }
  return {
    items: all.map(({ item, place, deletedBy }) => ({ ...item, ...place, ...(deletedBy && { deletedBy }) })),
    leftOut,
  };
};
