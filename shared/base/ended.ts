/**
 * Work at the same time that has come to its end as a whole, also when a part of it fails: what still runs when a
 * function answers is frozen by Lambda, and goes on in the next event.
 */
import pMap from 'p-map';

/** As Promise.all, but it fails only when all have ended. */
export const allEnded = async <const Work extends readonly unknown[]>(work: Work) => {
  await Promise.allSettled(work);
  return Promise.all(work);
};

/** As p-map: after a failure nothing more is begun, and it fails when what was begun has ended. */
export const mapEnded = async <Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  { concurrency }: { readonly concurrency: number },
): Promise<readonly Result[]> => {
  const begun: Promise<Result>[] = [];
  const begin = (item: Item): Promise<Result> => {
    const one = work(item);
    begun.push(one);
    return one;
  };
  try {
    return await pMap(items, begin, { concurrency });
  } finally {
    await Promise.allSettled(begun);
  }
};
