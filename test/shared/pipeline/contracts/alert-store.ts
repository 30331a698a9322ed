/** What every store of alerts holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import type { AlertContent } from '../../../../shared/alerts/alert-group.ts';
import { type FindingKey, findingKey } from '../../../../shared/finding/finding-key.ts';
import type { AlertStore } from '../../../../shared/pipeline/ports.ts';
import type { Outcome } from '../../../../shared/priority/decision.ts';
import { newGroup } from './new-group.ts';

const at = (seconds: number): Date => new Date(Date.parse('2026-03-02T12:00:00.000Z') + seconds * 1000);
const DUE = at(300);

const news = (worst: Outcome, ...urgent: readonly FindingKey[]): AlertContent => ({ worst, urgent });
const ONE = findingKey('inspector2', ['one']);
const OTHER = findingKey('inspector2', ['other']);
const THIRD = findingKey('inspector2', ['third']);

export const alertStoreContract = (store: () => AlertStore): void => {
  const openAndSchedule = async (group: string, worst: Outcome, dueAt = DUE): Promise<void> => {
    expect(await store().open(group, news(worst), dueAt)).toBe(true);
    await store().markScheduled(group, dueAt);
  };
  /** Opened, scheduled, claimed and said. */
  const say = async (group: string, worst: Outcome): Promise<void> => {
    await openAndSchedule(group, worst);
    await store().claim(group, at(300), at(360));
    await store().markSaid(group, news(worst), at(301));
  };

  describe('opening an alert', () => {
    it('is left to the first finding of a group; the others join it, worse ones too', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'track');
      expect(await store().open(group, news('track'), at(400))).toBe(false);
      expect(await store().open(group, news('act'), at(400))).toBe(false);
    });

    it('is asked for again when the opener died before it scheduled the message', async () => {
      const group = newGroup();
      expect(await store().open(group, news('attend'), DUE)).toBe(true);
      expect(await store().open(group, news('attend'), at(310))).toBe(true);
      await store().markScheduled(group, at(310));
      expect(await store().open(group, news('attend'), at(320))).toBe(false);
    });

    it('is not settled by an opener whose place another has taken', async () => {
      const group = newGroup();
      await store().open(group, news('attend'), DUE);
      await store().open(group, news('attend'), at(310));
      await store().markScheduled(group, DUE);
      expect(await store().open(group, news('attend'), at(320))).toBe(true);
    });

    it('is asked for again when the message is an hour late: its queue has given it up', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'attend');
      expect(await store().open(group, news('attend'), at(300 + 3600))).toBe(false);
      expect(await store().open(group, news('attend'), at(300 + 3601))).toBe(true);
    });

    it('of one group says nothing about another', async () => {
      await openAndSchedule(newGroup(), 'act');
      expect(await store().open(newGroup(), news('track'), DUE)).toBe(true);
    });
  });

  describe('claiming an alert', () => {
    it('is refused where nothing was opened', async () => {
      expect(await store().claim(newGroup(), at(0), at(60))).toBeUndefined();
    });

    it('gives the right to send to one, until its time is over', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'attend');
      expect(await store().claim(group, at(300), at(360))).toEqual({});
      expect(await store().claim(group, at(301), at(361))).toBeUndefined();
      expect(await store().claim(group, at(359), at(419))).toBeUndefined();
      expect(await store().claim(group, at(361), at(421))).toEqual({});
      expect(await store().claim(group, at(362), at(422))).toBeUndefined();
    });

    it('is possible before the message is marked as scheduled', async () => {
      const group = newGroup();
      await store().open(group, news('attend'), DUE);
      expect(await store().claim(group, at(300), at(360))).toEqual({});
    });

    it('goes to one of many that come at once', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'attend');
      const claims = await Promise.all([1, 2, 3, 4].map(() => store().claim(group, at(300), at(360))));
      expect(claims.filter((claim) => claim !== undefined)).toEqual([{}]);
    });

    it('is refused once it is said', async () => {
      const group = newGroup();
      await say(group, 'attend');
      expect(await store().claim(group, at(400), at(460))).toBeUndefined();
    });
  });

  describe('an alert that was said', () => {
    it.each<[Outcome, Outcome, boolean]>([
      ['attend', 'track', false],
      ['attend', 'attend', false],
      ['attend', 'act', true],
      ['track', 'track*', true],
      ['track*', 'attend', true],
      ['act', 'act', false],
    ])('as %s, opens again for %s: %s', async (said, worst, opens) => {
      const group = newGroup();
      await say(group, said);
      expect(await store().open(group, news(worst), at(900))).toBe(opens);
    });

    it('opens again for an urgent finding that was not told, and for no other', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'act');
      await store().claim(group, at(300), at(360));
      await store().markSaid(group, news('act', ONE), at(301));
      expect(await store().open(group, news('act', ONE), at(900))).toBe(false);
      expect(await store().open(group, news('attend', ONE, OTHER), at(900))).toBe(true);
    });

    it('opens again for anything where there was nothing to say', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'act');
      await store().claim(group, at(300), at(360));
      await store().markSaid(group, { urgent: [] }, at(301));
      expect(await store().open(group, news('track'), at(900))).toBe(true);
    });

    it('tells the next claim what was said', async () => {
      const group = newGroup();
      await say(group, 'attend');
      await openAndSchedule(group, 'act', at(900));
      expect(await store().claim(group, at(900), at(960))).toEqual({ said: news('attend') });
    });
  });

  describe('an alert that is being sent', () => {
    it('opens again for whatever arrives, and then waits although it was said', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'attend');
      await store().claim(group, at(300), at(360));
      await openAndSchedule(group, 'attend', at(600));
      await store().markSaid(group, news('attend'), at(305));
      expect(await store().open(group, news('act'), at(610))).toBe(false);
      expect(await store().claim(group, at(600), at(660))).toEqual({ said: news('attend') });
    });

    it('that opened again knows the last of two messages that were as bad as each other', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'act');
      await store().claim(group, at(300), at(360));
      await store().markSaid(group, news('act', ONE), at(301));
      await store().open(group, news('act', OTHER), at(600));
      await store().claim(group, at(600), at(660));
      await store().open(group, news('act', THIRD), at(900));
      await store().markSaid(group, news('act', ONE, OTHER), at(601));
      expect(await store().claim(group, at(900), at(960))).toEqual({ said: news('act', ONE, OTHER) });
    });

    it('keeps the worse of two outcomes when a sender outlived its claim', async () => {
      const group = newGroup();
      await openAndSchedule(group, 'attend');
      await store().claim(group, at(300), at(360));
      await store().claim(group, at(400), at(460));
      await store().markSaid(group, news('act'), at(401));
      await store().markSaid(group, news('attend'), at(402));
      expect(await store().open(group, news('act'), at(900))).toBe(false);
    });
  });
};
