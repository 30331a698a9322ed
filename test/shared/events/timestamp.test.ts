import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../shared/events/timestamp.ts';

describe.each(['UTC', 'America/New_York', 'Asia/Kathmandu'])('parseTimestamp on a machine in %s', (zone) => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = zone;
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it.each([
    ['US English', 'Dec 3, 2021, 6:02:30 PM', '2021-12-03T18:02:30.000Z'],
    ['US English at midnight', 'Oct 16, 2019, 12:00:00 AM', '2019-10-16T00:00:00.000Z'],
    ['US English at noon', 'Oct 16, 2019, 12:00:00 PM', '2019-10-16T12:00:00.000Z'],
    ['US English with a narrow no-break space', 'Dec 3, 2021, 6:02:30\u202FPM', '2021-12-03T18:02:30.000Z'],
    ['Java with milliseconds', 'Wed Sep 04 16:55:38.411 UTC 2024', '2024-09-04T16:55:38.411Z'],
    ['Java without milliseconds', 'Wed Sep 04 16:55:38 UTC 2024', '2024-09-04T16:55:38.000Z'],
    ['Java with the wrong weekday', 'Mon Sep 04 16:55:38 UTC 2024', '2024-09-04T16:55:38.000Z'],
    ['ISO in UTC', '2023-09-08T20:07:30.366Z', '2023-09-08T20:07:30.366Z'],
    ['ISO without a fraction', '2026-01-15T10:00:00Z', '2026-01-15T10:00:00.000Z'],
    ['ISO with a short fraction', '2025-10-10T19:13:02.74Z', '2025-10-10T19:13:02.740Z'],
    ['ISO with microseconds and an offset', '2024-06-27T00:56:32.023999+02:00', '2024-06-26T22:56:32.023Z'],
    ['ISO west of Greenwich, over the year', '2025-12-31T20:00:00-0530', '2026-01-01T01:30:00.000Z'],
    ['ISO with an offset of hours', '2024-06-27T01:00:00+01', '2024-06-27T00:00:00.000Z'],
    ['a space instead of the T', '2025-02-25 20:40:06.721', '2025-02-25T20:40:06.721Z'],
    ['nanoseconds', '2025-02-25 20:40:06.000000000', '2025-02-25T20:40:06.000Z'],
    ['a leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['space around it', ' 2024-02-29T00:00:00Z\n', '2024-02-29T00:00:00.000Z'],
    ['epoch seconds with a fraction', 1748539687.919, '2025-05-29T17:28:07.919Z'],
    ['epoch seconds', 1748909367, '2025-06-03T00:09:27.000Z'],
    ['epoch milliseconds', 1748539687919, '2025-05-29T17:28:07.919Z'],
    ['epoch milliseconds of the nineties', 900_000_000_000, '1998-07-09T16:00:00.000Z'],
    ['the largest number of seconds', 99_999_999_999, '5138-11-16T09:46:39.000Z'],
  ])('reads %s', (_form, value, expected) => {
    expect(parseTimestamp(value)).toBe(expected);
  });
});

describe('parseTimestamp', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an object', {}],
    ['a truth', true],
    ['an empty text', ''],
    ['words', 'yesterday'],
    ['a date without a time', '2024-06-27'],
    ['30 February', '2024-02-30T00:00:00Z'],
    ['29 February of a common year', 'Feb 29, 2023, 6:02:30 PM'],
    ['hour 24', '2024-06-27T24:00:00Z'],
    ['an offset of 25 hours', '2024-06-27T10:00:00+25:00'],
    ['hour 13 PM', 'Dec 3, 2021, 13:02:30 PM'],
    ['hour 0 AM', 'Dec 3, 2021, 0:02:30 AM'],
    ['a month that is none', 'Wed Foo 04 16:55:38.411 UTC 2024'],
    ['a zone that is not UTC', 'Wed Sep 04 16:55:38.411 CEST 2024'],
    ['text after the date', '2024-06-27T10:00:00Z, or so'],
    ['a number in a text', '1748909367'],
    ['zero', 0],
    ['a negative number', -1],
    ['no number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['epoch microseconds', 1748539687919000],
    ['a year before 1970', '1969-12-31T23:59:59Z'],
    ['a year of two digits', '0021-12-03T18:02:30Z'],
  ])('says that %s is no point in time', (_what, value) => {
    expect(parseTimestamp(value)).toBeUndefined();
  });

  it('reads what it has written', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (date) => parseTimestamp(date.toISOString()) === date.toISOString(),
      ),
    );
  });

  it('never throws, and gives one form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.string()), (value) =>
        /^(undefined|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/.test(String(parseTimestamp(value))),
      ),
    );
  });
});
