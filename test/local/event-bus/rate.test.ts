import { describe, expect, it } from 'vitest';
import { ratePeriodMs } from '../../../local/event-bus/rate.ts';

describe('a rate', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(12 hours)', 43_200_000],
    ['rate(1 day)', 86_400_000],
    ['rate(7 days)', 604_800_000],
  ])('of %s is %d milliseconds', (expression, period) => {
    expect(ratePeriodMs(expression)).toBe(period);
  });

  it.each([
    'rate(1 hours)',
    'rate(5 hour)',
    'rate(0 minutes)',
    'rate(-1 minutes)',
    'rate(1.5 hours)',
    'rate(5 seconds)',
    'rate(2 weeks)',
    'rate(5minutes)',
    'rate(minute)',
    'Rate(1 minute)',
    ' rate(1 minute)',
    'cron(0 8 * * ? *)',
    '',
  ])('is not %j', (expression) => {
    expect(ratePeriodMs(expression)).toBeUndefined();
  });
});
