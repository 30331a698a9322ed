/** What failed already answers for itself, and the rest is worked on as one batch: a bad record never holds up a good one. */
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import { err, type Result } from '../base/result.ts';
import type { Settled } from './settled.ts';

/** Works on a batch; one result per item, in order. */
export type BatchUseCase<T> = (items: readonly T[]) => Promise<readonly Result<Settled, SekishoError>[]>;

/** One result per item, in order. Never throws: a use case that throws fails the items that it was given. */
export const settleBatch = async <T>(
  items: readonly Result<T, SekishoError>[],
  useCase: BatchUseCase<T>,
): Promise<readonly Result<Settled, SekishoError>[]> => {
  const answers = await answersOf(
    items.flatMap((item) => (item.ok ? [item.value] : [])),
    useCase,
  );
  let next = 0;
  return items.map((item) => {
    if (!item.ok) return item;
    const answer = answers[next];
    next += 1;
    return answer ?? err(sekishoErrorFrom(new Error('the use case gave no answer for this record')));
  });
};

const answersOf = async <T>(
  items: readonly T[],
  useCase: BatchUseCase<T>,
): Promise<readonly Result<Settled, SekishoError>[]> => {
  if (items.length === 0) return [];
  try {
    return await useCase(items);
  } catch (thrown) {
    const error = sekishoErrorFrom(thrown);
    return items.map(() => err(error));
  }
};
