import { expect, it } from 'vitest';
import { barriersText } from '../../../shared/chat/barrier-text.ts';

it('names the barriers in words', () => {
  expect(barriersText(['USER', 'VM'])).toBe('non-root user, VM boundary');
  expect(barriersText([])).toBe('no barrier is known to stand');
});
