import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import type { KevList } from '../../../shared/evidence/kev-list.ts';
import { inMemoryKev } from '../../../shared/memory/kev.ts';
import { refreshKev } from '../../../shared/pipeline/refresh-kev.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { feedOf, LOG4J, listOf } from '../evidence/lists.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...LOG4J, cveID: `CVE-2021-${10_000 + index}` }));

const portsWith = async (feed: string | SekishoError, stored?: KevList) => {
  const kev = inMemoryKev();
  if (stored) await kev.put(stored);
  const fetch = async () => {
    if (feed instanceof SekishoError) throw feed;
    return feed;
  };
  return { feed: { fetch }, kev, clock: manualClock('2026-03-02T06:00:00.000Z') };
};

describe('a refresh of CISA’s list', () => {
  it('keeps the first list, however short it is', async () => {
    const ports = await portsWith(feedOf([LOG4J]));
    expect(await refreshKev(ports)).toEqual({ kind: 'done' });
    expect(await ports.kev.get()).toEqual({
      version: '2026.03.01',
      loadedAt: '2026-03-02T06:00:00.000Z',
      entries: new Map([['CVE-2021-44228', { dateAdded: '2021-12-10', ransomware: true }]]),
    });
  });

  it('of a list that has not changed says that it is as of now', async () => {
    const ports = await portsWith(feedOf([LOG4J]));
    await refreshKev(ports);
    ports.clock.advance(3600);
    await refreshKev(ports);
    expect(await ports.kev.get()).toMatchObject({ loadedAt: '2026-03-02T07:00:00.000Z' });
  });

  it('that began earlier and ends later leaves what the other loaded', async () => {
    const { kev, clock } = await portsWith('');
    let end = (_: string): void => {};
    const slow = new Promise<string>((resolve) => {
      end = resolve;
    });
    const began = refreshKev({ kev, clock, feed: { fetch: () => slow } });
    clock.advance(1);
    await refreshKev({ kev, clock, feed: { fetch: async () => feedOf(many(2)) } });
    clock.advance(1);
    end(feedOf(many(1)));
    expect(await began).toEqual({ kind: 'done' });
    const stands = await kev.get();
    expect([stands?.loadedAt, stands?.entries.size]).toEqual(['2026-03-02T06:00:01.000Z', 2]);
  });

  it.each([
    [1, 2],
    [800, 1_600],
    [1_599, 1_600],
    [1_700, 1_600],
  ])('takes %i entries where %i are stored', async (fetched, stored) => {
    const ports = await portsWith(feedOf(many(fetched)), listOf(stored));
    await refreshKev(ports);
    expect((await ports.kev.get())?.entries.size).toBe(fetched);
  });

  it.each([
    [1, 3],
    [799, 1_600],
    [1, 1_600],
  ])('refuses %i entries where %i are stored, and those stay', async (fetched, stored) => {
    const ports = await portsWith(feedOf(many(fetched)), listOf(stored));
    await expect(refreshKev(ports)).rejects.toMatchObject({
      code: 'FEED_INVALID',
      retryable: true,
      message: `CISA’s feed has ${fetched} entries, less than half of the ${stored} stored.`,
    });
    expect(await ports.kev.get()).toEqual(listOf(stored));
  });

  it.each([
    ['has nothing in it', feedOf([]), 'FEED_INVALID'],
    ['is no JSON', '<html>', 'FEED_INVALID'],
    ['does not answer', new SekishoError('FEED_UNAVAILABLE', 'CISA’s feed answered 503.'), 'FEED_UNAVAILABLE'],
  ])('from a feed that %s fails, and the stored list stays as it is', async (_, feed, code) => {
    const ports = await portsWith(feed, listOf(10));
    await expect(refreshKev(ports)).rejects.toMatchObject({ code, retryable: true });
    expect(await ports.kev.get()).toEqual(listOf(10));
  });
});
