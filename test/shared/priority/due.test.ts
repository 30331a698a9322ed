import { expect, it } from 'vitest';
import type { Due, Outcome } from '../../../shared/priority/decision.ts';
import { type DueFrom, dueOf } from '../../../shared/priority/due.ts';
import { TERMS } from '../../support/enriched.ts';

const SEEN: DueFrom = { firstObservedAt: '2026-03-01T22:00:00.000Z' };
const FOLLOW = { ...TERMS, dueDates: { ...TERMS.dueDates, follow: 'bod-26-04' } } as const;

it.each<[string, Outcome, typeof TERMS, DueFrom, Due]>([
  [
    'the policy’s days',
    'act',
    TERMS,
    SEEN,
    { on: '2026-03-04', because: '3 days by the policy, from 2026-03-01, when it was first observed' },
  ],
  ['no date where the policy has no days', 'track', TERMS, SEEN, { because: 'with the next rebuild, by the policy' }],
  [
    'the clock starts anew when CISA lists it',
    'attend',
    TERMS,
    { ...SEEN, listedOn: '2026-04-20' },
    { on: '2026-05-04', because: '14 days by the policy, from 2026-04-20, when CISA listed it' },
  ],
  [
    'what was listed before it was seen counts from the sight',
    'attend',
    TERMS,
    { ...SEEN, listedOn: '2021-12-10' },
    { on: '2026-03-15', because: '14 days by the policy, from 2026-03-01, when it was first observed' },
  ],
  [
    'the directive’s days, also over a month’s end',
    'track',
    FOLLOW,
    { ...SEEN, bod2604: '60 days' },
    { on: '2026-04-30', because: '60 days by CISA BOD 26-04 (60 days), from 2026-03-01, when it was first observed' },
  ],
  [
    'the directive with an investigation',
    'track*',
    FOLLOW,
    { ...SEEN, bod2604: '3 days & forensic investigation' },
    {
      on: '2026-03-04',
      because:
        '3 days by CISA BOD 26-04 (3 days & forensic investigation), from 2026-03-01, when it was first observed',
    },
  ],
  [
    'the directive’s upgrade of the system',
    'attend',
    FOLLOW,
    { ...SEEN, bod2604: 'fix on system upgrade' },
    { because: 'with the next rebuild, by CISA BOD 26-04 (fix on system upgrade)' },
  ],
  [
    'the policy’s days where the directive’s inputs are not known',
    'act',
    FOLLOW,
    SEEN,
    {
      on: '2026-03-04',
      because:
        '3 days by the policy (the row of CISA BOD 26-04 is not known), from 2026-03-01, when it was first observed',
    },
  ],
  [
    'one day',
    'act',
    { ...TERMS, dueDates: { days: { ...TERMS.dueDates.days, act: 1 } } },
    SEEN,
    { on: '2026-03-02', because: '1 day by the policy, from 2026-03-01, when it was first observed' },
  ],
])('%s', (_case, outcome, terms, from, due) => {
  expect(dueOf(outcome, terms, from)).toEqual(due);
});
