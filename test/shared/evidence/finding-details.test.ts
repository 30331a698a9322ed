import { describe, expect, it } from 'vitest';
import { dayOf, detailsStand } from '../../../shared/evidence/finding-details.ts';

const DETAILS = { askedOn: '2026-02-26' };

describe('the details of a vulnerability', () => {
  it.each([
    ['on their day', '2026-02-26T23:59:59.999Z', true],
    ['the day after', '2026-02-27T00:00:00.000Z', true],
    ['to the end of the seventh day after, over the end of a month', '2026-03-05T23:59:59.999Z', true],
    ['no longer on the eighth', '2026-03-06T00:00:00.000Z', false],
    ['where the clock is behind that of whoever asked', '2026-02-25T23:59:59.999Z', true],
  ])('stand %s', (_, now, stands) => {
    expect(detailsStand(DETAILS, new Date(now))).toBe(stands);
  });

  it('have the day in UTC', () => {
    expect(dayOf(new Date('2026-03-01T00:30:00.000+02:00'))).toBe('2026-02-28');
  });
});
