import { expect, it } from 'vitest';
import { timeFrom } from '../../../../local/services/inspector/timestamps.ts';

it.each([
  ['Dec 3, 2021, 6:02:30 PM', '2021-12-03T18:02:30.000Z'],
  ['Jan 1, 2022, 12:00:01 AM', '2022-01-01T00:00:01.000Z'],
  ['Wed Sep 04 16:55:38.411 UTC 2024', '2024-09-04T16:55:38.411Z'],
  ['2025-06-03T10:11:12Z', '2025-06-03T10:11:12.000Z'],
  ['2025-06-03T10:11:12.123456+02:00', '2025-06-03T08:11:12.123Z'],
  ['2025-06-03 10:11:12.5', '2025-06-03T10:11:12.500Z'],
  [1748539687.919, '2025-05-29T17:28:07.919Z'],
  [1748909367, '2025-06-03T00:09:27.000Z'],
  ['1748909367', '2025-06-03T00:09:27.000Z'],
])('reads %s', (value, expected) => {
  expect(timeFrom(value)?.toISOString()).toBe(expected);
});

it.each(['', 'soon', 'N/A', '2025-13-40T00:00:00Z', null, undefined, {}])('reads no time from %j', (value) => {
  expect(timeFrom(value)).toBeUndefined();
});
