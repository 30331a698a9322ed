/** A batch of queue records through one use case: a bad record never holds up a good one. */
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import { err, ok, type Result } from '../base/result.ts';

/** Works on a batch; one result per item, in order. */
export type BatchUseCase<T> = (items: readonly T[]) => Promise<readonly Result<void, SekishoError>[]>;

/**
 * Parses every body, gives what could be read to the use case as one batch, and answers one result per body in the
 * order of the bodies. Never throws: a use case that throws fails the records that it was given.
 */
export const processRecords = async <T>(
  bodies: readonly string[],
  parse: (body: string) => T,
  useCase: BatchUseCase<T>,
): Promise<readonly Result<void, SekishoError>[]> => {
  const parsed = bodies.map((body): Result<T, SekishoError> => {
    try {
      return ok(parse(body));
    } catch (thrown) {
      return err(sekishoErrorFrom(thrown));
    }
  });
  const items = parsed.flatMap((result) => (result.ok ? [result.value] : []));
  const answers = await settle(items, useCase);
  let next = 0;
  return parsed.map((result) => {
    if (!result.ok) return result;
    const answer = answers[next];
    next += 1;
    return answer ?? err(sekishoErrorFrom(new Error('the use case gave no answer for this record')));
  });
};

const settle = async <T>(
  items: readonly T[],
  useCase: BatchUseCase<T>,
): Promise<readonly Result<void, SekishoError>[]> => {
  if (items.length === 0) return [];
  try {
    return await useCase(items);
  } catch (thrown) {
    const error = sekishoErrorFrom(thrown);
    return items.map(() => err(error));
  }
};

/** A use case that works on one item at a time, as one for batches. */
export const oneByOne =
  <T>(work: (item: T) => Promise<unknown>): BatchUseCase<T> =>
  (items) =>
    Promise.all(
      items.map(async (item): Promise<Result<void, SekishoError>> => {
        try {
          await work(item);
          return ok(undefined);
        } catch (thrown) {
          return err(sekishoErrorFrom(thrown));
        }
      }),
    );
