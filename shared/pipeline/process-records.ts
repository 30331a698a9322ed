/** A batch of queue records through one use case: a bad record never holds up a good one. */
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import { err, ok, type Result } from '../base/result.ts';
import { attempt } from './attempt.ts';
import { type BatchUseCase, settleBatch } from './settle-batch.ts';
import type { Settled } from './settled.ts';

/**
 * Parses every body, gives what could be read to the use case as one batch, and answers one result per body in the
 * order of the bodies. Never throws: a use case that throws fails the records that it was given.
 */
export const processRecords = <T>(
  bodies: readonly string[],
  parse: (body: string, at: number) => T,
  useCase: BatchUseCase<T>,
): Promise<readonly Result<Settled, SekishoError>[]> =>
  settleBatch(
    bodies.map((body, at): Result<T, SekishoError> => {
      try {
        return ok(parse(body, at));
      } catch (thrown) {
        return err(sekishoErrorFrom(thrown));
      }
    }),
    useCase,
  );

/** A use case that works on one item at a time, as one for batches. */
export const oneByOne =
  <T>(work: (item: T) => Promise<Settled>): BatchUseCase<T> =>
  (items) =>
    Promise.all(items.map((item) => attempt(() => work(item))));
