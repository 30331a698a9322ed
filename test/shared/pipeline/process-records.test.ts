import { describe, expect, it, vi } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { err, ok } from '../../../shared/base/result.ts';
import { oneByOne, processRecords } from '../../../shared/pipeline/process-records.ts';
import { DONE, ignored } from '../../../shared/pipeline/settled.ts';

const parse = (body: string): string => {
  if (body.startsWith('bad')) throw new SekishoError('EVENT_INVALID', `${body} is no event.`);
  return body.toUpperCase();
};
const codes = (results: Awaited<ReturnType<typeof processRecords>>) =>
  results.map((result) => (result.ok ? 'ok' : result.error.code));

describe('processRecords', () => {
  it('gives what could be read to the use case as one batch, in order', async () => {
    const useCase = vi.fn(async (items: readonly string[]) => items.map(() => ok(DONE)));
    expect(codes(await processRecords(['a', 'bad 1', 'b', 'bad 2'], parse, useCase))).toEqual([
      'ok',
      'EVENT_INVALID',
      'ok',
      'EVENT_INVALID',
    ]);
    expect(useCase.mock.calls).toEqual([[['A', 'B']]]);
  });

  it('answers each record with its own result, whatever could not be read in between', async () => {
    const refuseB = async (items: readonly string[]) =>
      items.map((item) => (item === 'B' ? err(new SekishoError('AWS_THROTTLED', 'Too many.')) : ok(DONE)));
    const results = await processRecords(['bad', 'a', 'bad', 'b', 'c'], parse, refuseB);
    expect(codes(results)).toEqual(['EVENT_INVALID', 'ok', 'EVENT_INVALID', 'AWS_THROTTLED', 'ok']);
  });

  it('does not call the use case when nothing could be read', async () => {
    const useCase = vi.fn(async () => []);
    expect(codes(await processRecords(['bad'], parse, useCase))).toEqual(['EVENT_INVALID']);
    expect(useCase).not.toHaveBeenCalled();
  });

  it('is done with no records', async () => {
    expect(await processRecords([], parse, async () => [])).toEqual([]);
  });

  it('fails only the records that it was given when the use case throws', async () => {
    const results = await processRecords(['a', 'bad', 'b'], parse, async () => {
      throw new SekishoError('AWS_UNAVAILABLE', 'Nobody answers.');
    });
    expect(codes(results)).toEqual(['AWS_UNAVAILABLE', 'EVENT_INVALID', 'AWS_UNAVAILABLE']);
  });

  it('takes a fault of the parser for one that may pass', async () => {
    const [result] = await processRecords(
      ['a'],
      () => {
        throw new TypeError('undefined is not a function');
      },
      async () => [],
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'UNEXPECTED', retryable: true } });
  });

  it('fails a record that the use case forgot', async () => {
    const results = await processRecords(['a', 'b'], parse, async () => [ok(DONE)]);
    expect(codes(results)).toEqual(['ok', 'UNEXPECTED']);
  });
});

describe('oneByOne', () => {
  it('answers in order, and lets no failure touch another item', async () => {
    const work = async (item: string) => {
      if (item === 'B') throw new SekishoError('IMAGE_NOT_FOUND', 'No such image.');
      if (item === 'C') throw new Error('a fault');
      return DONE;
    };
    expect(codes(await processRecords(['a', 'b', 'c', 'd'], parse, oneByOne(work)))).toEqual([
      'ok',
      'IMAGE_NOT_FOUND',
      'UNEXPECTED',
      'ok',
    ]);
  });

  it('says of an item what became of it', async () => {
    const work = async (item: string) => (item === 'B' ? ignored('there is nothing to do') : DONE);
    expect(await processRecords(['a', 'b'], parse, oneByOne(work))).toEqual([
      { ok: true, value: { kind: 'done' } },
      { ok: true, value: { kind: 'ignored', reason: 'there is nothing to do' } },
    ]);
  });
});
