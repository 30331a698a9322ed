/** What every store of Inspector's details holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../shared/base/known.ts';
import type { FindingDetailsStore } from '../../../../shared/pipeline/ports.ts';

const at = (time: string) => new Date(`2026-03-${time}Z`);
const MORNING = at('02T08:00:00.000');
const NIGHT = at('02T23:59:59.999');
const NEXT = at('03T08:00:00.000');

const ANSWER = known({
  askedOn: '2026-03-02',
  cisa: { dateAdded: '2021-12-10' },
  exploitObserved: { firstSeen: '2021-12-09T00:00:00.000Z', lastSeen: '2026-02-28T10:00:00.000Z' },
  epss: 0.97,
});
const NEWER = known({ askedOn: '2026-03-03', epss: 0.98 });
const GRANTED = { granted: true };
const ANSWERED = { granted: false, answer: ANSWER };

const REASON = 'Inspector gave no details';
const NONE = unknown(REASON);

let ids = 0;
/** A vulnerability that no other case has asked about. */
const newId = (): string => {
  ids += 1;
  return `CVE-2026-${1000 + ids}`;
};

export const findingDetailsStoreContract = (store: () => FindingDetailsStore): void => {
  /** One that Inspector was asked about in the morning, and answered. */
  const answeredInTheMorning = async (): Promise<string> => {
    const id = newId();
    await store().claim(id, MORNING);
    await store().put(id, ANSWER, MORNING);
    return id;
  };

  describe('the right to ask about a vulnerability', () => {
    it('is given to one of many that come at once, and the others see that an answer is awaited', async () => {
      const id = newId();
      const claims = await Promise.all([1, 2, 3, 4, 5].map(() => store().claim(id, MORNING)));
      expect(claims.toSorted((left, right) => Number(right.granted) - Number(left.granted))).toEqual([
        GRANTED,
        ...[2, 3, 4, 5].map(() => ({ granted: false, awaitedSince: MORNING })),
      ]);
    });

    it('says nothing about another vulnerability', async () => {
      await store().claim(newId(), MORNING);
      expect(await store().claim(newId(), MORNING)).toEqual(GRANTED);
    });

    it('is not given again on a day that has the answer, but on the next, from midnight in UTC', async () => {
      const id = await answeredInTheMorning();
      expect(await store().claim(id, NIGHT)).toMatchObject({ granted: false });
      expect(await store().claim(id, at('03T00:00:00.000'))).toMatchObject(GRANTED);
    });

    it.each([
      ['without an answer', undefined],
      ['after an answer that is not known', NONE],
    ])('is given again %s when 15 minutes are over', async (_, answer) => {
      const id = newId();
      await store().claim(id, MORNING);
      if (answer) await store().put(id, answer, MORNING);
      expect(await store().claim(id, at('02T08:14:59.999'))).toMatchObject({ granted: false });
      expect(await store().claim(id, at('02T08:15:00.000'))).toEqual(GRANTED);
      expect(await store().claim(id, at('02T08:15:00.000'))).toMatchObject({ granted: false });
      expect(await store().claim(id, at('02T08:29:59.999'))).toMatchObject({ granted: false });
      expect(await store().claim(id, at('02T08:30:00.000'))).toEqual(GRANTED);
    });

    it('is not given anew by midnight alone: whoever got it before asks', async () => {
      const id = newId();
      await store().claim(id, NIGHT);
      expect(await store().claim(id, at('03T00:14:59.998'))).toEqual({ granted: false, awaitedSince: NIGHT });
      expect(await store().claim(id, at('03T00:14:59.999'))).toEqual(GRANTED);
    });

    it('is not given for a day that is over elsewhere', async () => {
      const id = newId();
      await store().claim(id, NEXT);
      await store().put(id, NEWER, NEXT);
      expect(await store().claim(id, NIGHT)).toEqual({ granted: false, answer: NEWER });
    });
  });

  describe('what stands about a vulnerability', () => {
    it('is nothing where nobody has asked', async () => {
      expect(await store().get(newId(), MORNING)).toEqual({});
    });

    it('is awaited since the claim, until its answer is put', async () => {
      const id = newId();
      await store().claim(id, MORNING);
      expect(await store().get(id, NIGHT)).toEqual({ awaitedSince: MORNING });
      await store().put(id, ANSWER, MORNING);
      expect(await store().get(id, NIGHT)).toEqual({ answer: ANSWER });
    });

    it.each([
      ['that is known', ANSWER, ANSWER],
      ['that says nothing but the day', known({ askedOn: '2026-03-02' }), known({ askedOn: '2026-03-02' })],
      ['that is not known', NONE, NONE],
    ])('is an answer %s, for all that come later', async (_, answer, standing) => {
      const id = newId();
      await store().claim(id, MORNING);
      await store().put(id, answer, MORNING);
      expect(await store().claim(id, at('02T08:01:00.000'))).toEqual({ granted: false, answer: standing });
      expect(await store().get(id, at('02T08:01:00.000'))).toEqual({ answer: standing });
    });

    it('of the day before stands until the new one is there', async () => {
      const id = await answeredInTheMorning();
      expect(await store().claim(id, NEXT)).toEqual({ granted: true, answer: ANSWER });
      expect(await store().claim(id, NEXT)).toEqual({ ...ANSWERED, awaitedSince: NEXT });
      await store().put(id, NEWER, NEXT);
      expect(await store().claim(id, NEXT)).toEqual({ granted: false, answer: NEWER });
    });

    it('stays what it was where Inspector knows nothing, with the day that it was asked', async () => {
      const id = await answeredInTheMorning();
      await store().claim(id, NEXT);
      await store().put(id, NONE, NEXT);
      expect(await store().get(id, NEXT)).toEqual({ answer: ANSWER });
      expect(await store().claim(id, NEXT)).toEqual(ANSWERED);
    });

    it('is known for seven days, however often Inspector was asked in vain, and then it is not', async () => {
      const id = await answeredInTheMorning();
      for (const day of ['03', '04', '05', '06', '07', '08', '09']) {
        const noon = at(`${day}T12:00:00.000`);
        expect(await store().claim(id, noon)).toEqual({ granted: true, answer: ANSWER });
        await store().put(id, NONE, noon);
        expect(await store().get(id, at(`${day}T23:59:59.999`))).toEqual({ answer: ANSWER });
      }
      expect(await store().get(id, at('10T00:00:00.000'))).toEqual({ answer: NONE });
      expect(await store().claim(id, at('10T00:00:00.000'))).toEqual(GRANTED);
    });

    it('is known for seven days also where nobody asked in between', async () => {
      expect(await store().claim(await answeredInTheMorning(), at('09T23:59:59.999'))).toEqual({
        granted: true,
        answer: ANSWER,
      });
      expect(await store().claim(await answeredInTheMorning(), at('10T00:00:00.000'))).toEqual(GRANTED);
    });

    it('is awaited again with the next claim, and why there was none before is forgotten', async () => {
      const id = newId();
      await store().claim(id, MORNING);
      await store().put(id, NONE, MORNING);
      await store().claim(id, NIGHT);
      expect(await store().get(id, NIGHT)).toEqual({ awaitedSince: NIGHT });
    });

    it.each([
      ['known', ANSWER],
      ['unknown', NONE],
    ])('is not what comes after another got the right to ask: that is dropped, %s or not', async (_, late) => {
      const id = newId();
      await store().claim(id, MORNING);
      await store().claim(id, NIGHT);
      await store().put(id, late, MORNING);
      expect(await store().get(id, NIGHT)).toEqual({ awaitedSince: NIGHT });
    });

    it('is the same where an answer is put twice', async () => {
      const id = await answeredInTheMorning();
      await store().put(id, ANSWER, MORNING);
      expect(await store().claim(id, NIGHT)).toEqual(ANSWERED);
    });
  });
};
