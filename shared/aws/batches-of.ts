/** Cuts a list into calls that keep an API's limits of count and bytes. */

export interface Indexed<T> {
  readonly index: number;
  readonly item: T;
}

/**
 * Every item once, in order, with its place in the list. An item that is larger than the limit stands in a batch of its
 * own: the API then refuses that one alone.
 */
export const batchesOf = <T>(
  items: readonly T[],
  limit: { readonly count: number; readonly bytes: number },
  bytesOf: (item: T) => number,
): readonly (readonly Indexed<T>[])[] => {
  const batches: Indexed<T>[][] = [];
  let batch: Indexed<T>[] = [];
  let bytes = 0;
  items.forEach((item, index) => {
    const size = bytesOf(item);
    if (batch.length > 0 && (batch.length >= limit.count || bytes + size > limit.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push({ index, item });
    bytes += size;
  });
  if (batch.length > 0) batches.push(batch);
  return batches;
};
