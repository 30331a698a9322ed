/** What every store of Inspector's details holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../shared/base/known.ts';
import type { FindingDetailsStore } from '../../../../shared/pipeline/ports.ts';

const MORNING = new Date('2026-03-02T00:00:00.000Z');
const NIGHT = new Date('2026-03-02T23:59:59.999Z');
const NEXT = new Date('2026-03-03T00:00:00.000Z');
const THIRD = new Date('2026-03-04T00:00:00.000Z');

const GRANTED = { granted: true };
const AWAITED = { granted: false };
const ANSWER = known({
  askedOn: '2026-03-02',
  cisa: { dateAdded: '2021-12-10' },
  exploitObserved: { firstSeen: '2021-12-09T00:00:00.000Z', lastSeen: '2026-02-28T10:00:00.000Z' },
  epss: 0.97,
});
const ANSWERED = { granted: false, answer: ANSWER };
const DENIED = unknown('Inspector gave no details (ACCESS_DENIED)');

let ids = 0;
/** A vulnerability that no other case has asked about. */
const newId = (): string => {
  ids += 1;
  return `CVE-2026-${1000 + ids}`;
};

export const findingDetailsStoreContract = (store: () => FindingDetailsStore): void => {
  describe('the right to ask about a vulnerability', () => {
    it('is given once a day, from midnight to midnight in UTC', async () => {
      const id = newId();
      expect(await store().claim(id, MORNING)).toEqual(GRANTED);
      expect(await store().claim(id, NIGHT)).toEqual(AWAITED);
      expect(await store().claim(id, NEXT)).toEqual(GRANTED);
      expect(await store().claim(id, NEXT)).toEqual(AWAITED);
    });

    it('is given to one of many that come at once', async () => {
      const id = newId();
      const claims = await Promise.all([1, 2, 3, 4, 5].map(() => store().claim(id, MORNING)));
      expect(claims.filter(({ granted }) => granted)).toHaveLength(1);
    });

    it('says nothing about another vulnerability', async () => {
      await store().claim(newId(), MORNING);
      expect(await store().claim(newId(), MORNING)).toEqual(GRANTED);
    });

    it('is not given for a day that is over elsewhere', async () => {
      const id = newId();
      await store().claim(id, NEXT);
      expect(await store().claim(id, NIGHT)).toEqual(AWAITED);
    });
  });

  describe('the answer about a vulnerability', () => {
    it.each([
      ['that is known', ANSWER],
      ['that is not, with the reason', DENIED],
      ['that says nothing but the day', known({ askedOn: '2026-03-02' })],
    ])('%s is given to all that come later that day', async (_, answer) => {
      const id = newId();
      await store().claim(id, MORNING);
      await store().put(id, answer, MORNING);
      expect(await store().claim(id, NIGHT)).toEqual({ granted: false, answer });
    });

    it('of the day before stands until the new one is there', async () => {
      const id = newId();
      await store().claim(id, MORNING);
      await store().put(id, ANSWER, MORNING);
      expect(await store().claim(id, NEXT)).toEqual(GRANTED);
      expect(await store().claim(id, NEXT)).toEqual(ANSWERED);
      await store().put(id, DENIED, NEXT);
      expect(await store().claim(id, NEXT)).toEqual({ granted: false, answer: DENIED });
    });

    it('of the day before that does not stand any more', async () => {
      const id = newId();
      await store().claim(id, MORNING);
      await store().put(id, ANSWER, MORNING);
      await store().claim(id, NEXT);
      expect(await store().claim(id, THIRD)).toEqual(GRANTED);
      expect(await store().claim(id, THIRD)).toEqual(AWAITED);
    });

    it('is not carried over where there was none', async () => {
      const id = newId();
      await store().claim(id, MORNING);
      await store().put(id, DENIED, MORNING);
      await store().claim(id, NEXT);
      expect(await store().claim(id, NEXT)).toEqual(AWAITED);
    });

    it('that comes after the next day was claimed is dropped', async () => {
      const id = newId();
      await store().claim(id, NIGHT);
      await store().claim(id, NEXT);
      await store().put(id, ANSWER, NIGHT);
      expect(await store().claim(id, NEXT)).toEqual(AWAITED);
    });

    it('may be put twice', async () => {
      const id = newId();
      await store().claim(id, MORNING);
      await store().put(id, ANSWER, MORNING);
      await store().put(id, ANSWER, MORNING);
      expect(await store().claim(id, NIGHT)).toEqual(ANSWERED);
    });
  });
};
