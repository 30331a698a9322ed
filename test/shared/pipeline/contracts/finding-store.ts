/** What every store of findings holds to, in memory or in the table. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupedFinding } from '../../../../shared/alerts/alert-group.ts';
import { findingKey } from '../../../../shared/finding/finding-key.ts';
import type { FindingStore } from '../../../../shared/pipeline/ports.ts';
import { keyed } from '../../chat/grouped.ts';
import { newGroup } from './new-group.ts';

const NOON = '2026-03-02T12:00:00.000Z';
const LATER = '2026-03-02T13:00:00.000Z';

/** Its version is its time and a letter: the text order that the port asks for. */
const state = (group: string, observedAt: string, letter: string, name = 'CVE-2024-6119'): GroupedFinding =>
  keyed(name, { group, observedAt, version: `${observedAt}|0|${letter}`, title: `state ${letter}` });

/** One version of the finding, decided at a time; the letter stands for what was decided. */
const decidedState = (group: string, decidedAt: string, letter: string): GroupedFinding => ({
  ...state(group, NOON, 'a'),
  decidedAt,
  fingerprint: letter,
  reason: `decided ${letter}`,
});
const [EARLY, BETWEEN, LATE] = ['2026-03-02T12:05:00.000Z', '2026-03-02T12:06:00.000Z', '2026-03-02T12:07:00.000Z'];
const FIRST = { stale: false, updatedAt: NOON };
const SECOND = { stale: false, updatedAt: '2026-03-02T12:00:00.001Z' };
const STALE = { stale: true };

export const findingStoreContract = (store: () => FindingStore): void => {
  describe('a store of findings', () => {
    it('is empty for a group that it never saw', async () => {
      expect(await store().findingsOf(newGroup())).toEqual([]);
    });

    it('keeps a finding in the group that was first proposed for it', async () => {
      const key = findingKey('guardduty', [newGroup()]);
      expect(await store().groupOf(key, 'image')).toBe('image');
      expect(await store().groupOf(key, 'workload')).toBe('image');
      expect(await store().groupOf(findingKey('guardduty', [newGroup()]), 'workload')).toBe('workload');
    });

    it('keeps a new finding at its own time', async () => {
      const group = newGroup();
      const finding = state(group, NOON, 'a');
      expect(await store().record(finding)).toEqual({ stale: false, updatedAt: NOON });
      expect(await store().findingsOf(group)).toEqual([finding]);
    });

    it('replaces a state by a newer one', async () => {
      const group = newGroup();
      await store().record(state(group, NOON, 'a'));
      expect(await store().record(state(group, LATER, 'b'))).toEqual({ stale: false, updatedAt: LATER });
      expect(await store().findingsOf(group)).toEqual([state(group, LATER, 'b')]);
    });

    it('calls a state stale that comes after a newer one, and keeps the newer', async () => {
      const group = newGroup();
      await store().record(state(group, LATER, 'b'));
      expect(await store().record(state(group, NOON, 'a'))).toEqual({ stale: true });
      expect(await store().findingsOf(group)).toEqual([state(group, LATER, 'b')]);
    });

    it('gives the same time for the same version, as often as it comes', async () => {
      const group = newGroup();
      await store().record(state(group, NOON, 'a'));
      await store().record(state(group, NOON, 'b'));
      const again = { stale: false, updatedAt: '2026-03-02T12:00:00.001Z' };
      expect(await store().record(state(group, NOON, 'b'))).toEqual(again);
      expect(await store().record(state(group, NOON, 'b'))).toEqual(again);
    });

    it('moves the time on by a millisecond where the source gives a newer state no later time', async () => {
      const group = newGroup();
      const times: unknown[] = [];
      for (const letter of ['a', 'b', 'c']) times.push(await store().record(state(group, NOON, letter)));
      expect(times).toEqual([
        { stale: false, updatedAt: '2026-03-02T12:00:00.000Z' },
        { stale: false, updatedAt: '2026-03-02T12:00:00.001Z' },
        { stale: false, updatedAt: '2026-03-02T12:00:00.002Z' },
      ]);
    });

    it.each<[string, readonly (readonly [string, string])[], readonly unknown[], string]>([
      [
        'later',
        [
          [EARLY, 'x'],
          [LATE, 'y'],
        ],
        [FIRST, SECOND],
        'y',
      ],
      [
        'earlier',
        [
          [LATE, 'y'],
          [EARLY, 'x'],
        ],
        [FIRST, STALE],
        'y',
      ],
      [
        'at the same time, by its mark',
        [
          [EARLY, 'x'],
          [EARLY, 'y'],
        ],
        [FIRST, SECOND],
        'y',
      ],
      [
        'at the same time, in the other order',
        [
          [EARLY, 'y'],
          [EARLY, 'x'],
        ],
        [FIRST, STALE],
        'y',
      ],
      [
        'alike, later',
        [
          [EARLY, 'x'],
          [LATE, 'x'],
        ],
        [FIRST, FIRST],
        'x',
      ],
      [
        'alike, earlier',
        [
          [LATE, 'x'],
          [EARLY, 'x'],
        ],
        [FIRST, FIRST],
        'x',
      ],
      [
        'alike, later than another',
        [
          [EARLY, 'x'],
          [LATE, 'x'],
          [BETWEEN, 'y'],
        ],
        [FIRST, FIRST, STALE],
        'x',
      ],
      [
        'otherwise, and back',
        [
          [EARLY, 'x'],
          [BETWEEN, 'y'],
          [LATE, 'x'],
        ],
        [
          FIRST,
          SECOND,
          {
            stale: false,
            updatedAt: '2026-03-02T12:00:00.002Z',
          },
        ],
        'x',
      ],
    ])('takes one version that is decided again %s', async (_, decisions, answers, stands) => {
      const group = newGroup();
      const given: unknown[] = [];
      for (const [at, letter] of decisions) given.push(await store().record(decidedState(group, at, letter)));
      expect(given).toEqual(answers);
      expect(await store().findingsOf(group)).toMatchObject([{ fingerprint: stands, reason: `decided ${stands}` }]);
    });

    it('takes a newer version, however early it was decided', async () => {
      const group = newGroup();
      await store().record(decidedState(group, LATE, 'y'));
      const newer = { ...state(group, LATER, 'b'), decidedAt: EARLY, fingerprint: 'x' };
      expect(await store().record(newer)).toEqual({ stale: false, updatedAt: LATER });
      expect(await store().record(decidedState(group, LATE, 'z'))).toEqual(STALE);
    });

    it('takes what an older version kept, without a time, as decided earlier', async () => {
      const group = newGroup();
      const { decidedAt: _at, fingerprint: _mark, ...older } = state(group, NOON, 'a');
      expect(await store().record(older)).toEqual(FIRST);
      expect(await store().record(older)).toEqual(FIRST);
      expect(await store().record(decidedState(group, EARLY, 'x'))).toEqual(SECOND);
      expect(await store().record(older)).toEqual(STALE);
    });

    it('ends with the decision that was made last, in any order, at once and with any duplicates', async () => {
      const decision = fc.tuple(fc.constantFrom(EARLY, BETWEEN, LATE), fc.constantFrom('x', 'y', 'z'));
      const deliveries = fc.array(decision, { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(deliveries, fc.boolean(), async (decisions, atOnce) => {
          const group = newGroup();
          const record = ([at, letter]: readonly [string, string]) => store().record(decidedState(group, at, letter));
          if (atOnce) await Promise.all(decisions.slice(0, 5).map(record));
          for (const one of decisions) await record(one);
          const [at, letter] = decisions.toSorted((left, right) => (left.join() < right.join() ? -1 : 1)).at(-1) ?? [];
          expect(await store().findingsOf(group)).toMatchObject([{ decidedAt: at, fingerprint: letter }]);
        }),
        { numRuns: 25 },
      );
    });

    it('keeps the findings of one group apart, and those of another group', async () => {
      const [group, other] = [newGroup(), newGroup()];
      const findings = [state(group, NOON, 'a', 'CVE-1'), state(group, NOON, 'a', 'CVE-2')];
      for (const finding of [...findings, state(other, LATER, 'b', 'CVE-1')]) await store().record(finding);
      const names = (await store().findingsOf(group)).map(({ name }) => name);
      expect(names.toSorted()).toEqual(['CVE-1', 'CVE-2']);
    });

    it.each([
      ['which is new', []],
      ['which is known', ['0']],
    ])('ends with the newest where writers of one finding meet, %s', async (_, before) => {
      const group = newGroup();
      for (const letter of before) await store().record(state(group, NOON, letter));
      const letters = ['e', 'a', 'c', 'b', 'd'];
      const [newest] = await Promise.all(letters.map((letter) => store().record(state(group, NOON, letter))));
      expect(newest).toMatchObject({ stale: false });
      expect(await store().findingsOf(group)).toEqual([state(group, NOON, 'e')]);
    });

    it('gives back every finding of a group that is larger than a page', async () => {
      const group = newGroup();
      const names = Array.from({ length: 48 }, (_, index) => `CVE-${index + 10}`);
      // 1.2 MB in all; DynamoDB answers a query with at most 1 MB.
      const large = (name: string) => ({ ...state(group, NOON, 'a', name), reason: 'x'.repeat(25_000) });
      await Promise.all(names.map((name) => store().record(large(name))));
      expect((await store().findingsOf(group)).map(({ name }) => name).toSorted()).toEqual(names);
    });

    it('ends with the newest state, and with rising times, in any order and with any duplicates', async () => {
      const letter = fc.constantFrom('a', 'b', 'c');
      const deliveries = fc.array(fc.tuple(fc.constantFrom(NOON, LATER), letter), { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(deliveries, async (states) => {
          const group = newGroup();
          const times: string[] = [];
          for (const [observedAt, name] of states) {
            const answer = await store().record(state(group, observedAt, name));
            if (!answer.stale && answer.updatedAt !== times.at(-1)) times.push(answer.updatedAt);
          }
          const versions = states.map(([observedAt, name]) => `${observedAt}|0|${name}`);
          const [kept, ...others] = await store().findingsOf(group);
          expect(others).toEqual([]);
          expect(kept?.version).toBe(versions.toSorted().at(-1));
          expect(times).toEqual([...new Set(times)].toSorted());
        }),
        { numRuns: 25 },
      );
    });
  });
};
