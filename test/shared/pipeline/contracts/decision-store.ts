/** What every store of decisions holds to, in memory or in the table. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExplainedFinding } from '../../../../shared/alerts/explained-finding.ts';
import { type FindingKey, findingKey } from '../../../../shared/finding/finding-key.ts';
import type { DecisionStore } from '../../../../shared/pipeline/ports.ts';
import { EXPLAINED, EXPLAINED_THREAT } from '../../alerts/explained.ts';
import { newGroup } from './new-group.ts';

const newKey = (): FindingKey => findingKey('inspector2', [newGroup()]);

const state = (key: FindingKey, version: string, title = `state ${version}`): ExplainedFinding => ({
  ...EXPLAINED,
  key,
  version,
  title,
});

/** One version of the finding, decided at a time; the letter stands for what was decided. */
const decidedAt = (key: FindingKey, at: string, letter: string): ExplainedFinding => ({
  ...state(key, 'a', `decided ${letter}`),
  decidedAt: at,
  fingerprint: letter,
});
const [EARLY, LATE] = ['2026-03-02T12:05:00.000Z', '2026-03-02T12:06:00.000Z'];

export const decisionStoreContract = (store: () => DecisionStore): void => {
  describe('a store of decisions', () => {
    it('knows nothing of a finding that it never saw', async () => {
      expect(await store().get(newKey())).toBeUndefined();
    });

    it.each([
      ['a vulnerability', EXPLAINED],
      ['a threat', EXPLAINED_THREAT],
    ])('gives back what was put of %s', async (_, explained) => {
      const put = { ...explained, key: newKey() };
      await store().put(put);
      expect(await store().get(put.key)).toEqual(put);
    });

    it('replaces a state by a newer one', async () => {
      const key = newKey();
      await store().put(state(key, 'a'));
      await store().put(state(key, 'b'));
      expect(await store().get(key)).toEqual(state(key, 'b'));
    });

    it('keeps a newer state where an older one comes late', async () => {
      const key = newKey();
      await store().put(state(key, 'b'));
      await store().put(state(key, 'a'));
      expect(await store().get(key)).toEqual(state(key, 'b'));
    });

    it.each<[string, readonly (readonly [string, string])[], readonly [string, string]]>([
      [
        'later',
        [
          [EARLY, 'x'],
          [LATE, 'y'],
        ],
        [LATE, 'y'],
      ],
      [
        'earlier',
        [
          [LATE, 'y'],
          [EARLY, 'x'],
        ],
        [LATE, 'y'],
      ],
      [
        'at the same time, by its mark',
        [
          [EARLY, 'x'],
          [EARLY, 'y'],
        ],
        [EARLY, 'y'],
      ],
      [
        'at the same time, in the other order',
        [
          [EARLY, 'y'],
          [EARLY, 'x'],
        ],
        [EARLY, 'y'],
      ],
      [
        'alike, later',
        [
          [EARLY, 'x'],
          [LATE, 'x'],
        ],
        [LATE, 'x'],
      ],
      [
        'alike, earlier',
        [
          [LATE, 'x'],
          [EARLY, 'x'],
        ],
        [LATE, 'x'],
      ],
    ])('takes one version that is decided again %s', async (_, decisions, [at, letter]) => {
      const key = newKey();
      for (const one of decisions) await store().put(decidedAt(key, ...one));
      expect(await store().get(key)).toEqual(decidedAt(key, at, letter));
    });

    it('takes a newer version, however early it was decided', async () => {
      const key = newKey();
      await store().put(decidedAt(key, LATE, 'y'));
      const newer = { ...decidedAt(key, EARLY, 'x'), version: 'b' };
      await store().put(newer);
      await store().put(decidedAt(key, LATE, 'z'));
      expect(await store().get(key)).toEqual(newer);
    });

    it('takes what an older version kept, without a time, as decided earlier', async () => {
      const key = newKey();
      const { decidedAt: _at, fingerprint: _mark, ...older } = state(key, 'a');
      await store().put(older);
      await store().put(decidedAt(key, EARLY, 'x'));
      await store().put(older);
      expect(await store().get(key)).toEqual(decidedAt(key, EARLY, 'x'));
    });

    it('keeps what stands, where the same comes again', async () => {
      const key = newKey();
      await store().put(state(key, 'a', 'first'));
      await store().put(state(key, 'a', 'second'));
      expect(await store().get(key)).toEqual(state(key, 'a', 'first'));
    });

    it('keeps findings apart', async () => {
      const [one, other] = [newKey(), newKey()];
      await store().put(state(one, 'a'));
      await store().put(state(other, 'b'));
      expect(await store().get(one)).toEqual(state(one, 'a'));
    });

    it('ends with the newest state, in any order and with any duplicates', async () => {
      const version = fc.constantFrom('a', 'b', 'c');
      const one = fc.tuple(version, fc.constantFrom(EARLY, LATE), fc.constantFrom('x', 'y'));
      const states = fc.array(one, { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(states, fc.boolean(), async (deliveries, atOnce) => {
          const key = newKey();
          const put = ([version, at, letter]: readonly [string, string, string]) =>
            store().put({ ...decidedAt(key, at, letter), version });
          if (atOnce) await Promise.all(deliveries.map(put));
          else for (const one of deliveries) await put(one);
          const newest = deliveries.toSorted((left, right) => (left.join() < right.join() ? -1 : 1)).at(-1) ?? [];
          const kept = await store().get(key);
          expect([kept?.version, kept?.decidedAt, kept?.fingerprint]).toEqual(newest);
        }),
        { numRuns: 25 },
      );
    });
  });
};
