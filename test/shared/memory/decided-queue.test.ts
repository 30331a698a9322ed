import { expect, it } from 'vitest';
import { ok } from '../../../shared/base/result.ts';
import { inMemoryDecidedQueue } from '../../../shared/memory/decided-queue.ts';
import { decided } from '../../support/decided.ts';

it('gives each finding once, in order, as JSON', async () => {
  const queue = inMemoryDecidedQueue();
  const [one, two] = [decided({ id: 'CVE-1' }), decided({ id: 'CVE-2' })];
  expect(await queue.send([one, two])).toEqual([ok(undefined), ok(undefined)]);
  expect(queue.take().map((body) => JSON.parse(body))).toEqual([one, two]);
  expect(queue.take()).toEqual([]);
});
