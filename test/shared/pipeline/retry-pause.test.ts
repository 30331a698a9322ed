import { expect, it } from 'vitest';
import { retryPauseSeconds } from '../../../shared/pipeline/retry-pause.ts';

it.each([
  [1, 60],
  [2, 120],
  [3, 240],
  [4, 480],
  [5, 900],
  [100, 900],
])('after delivery %i a record waits %i seconds', (receives, seconds) => {
  expect(retryPauseSeconds(receives)).toBe(seconds);
});
