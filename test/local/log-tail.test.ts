import { expect, it } from 'vitest';
import { createLogTail } from '../../local/log-tail.ts';

it('passes every line on, and keeps the last thousand', () => {
  const passed: string[] = [];
  const tail = createLogTail((line) => passed.push(line));
  for (let n = 1; n <= 1_001; n += 1) tail.write(`line ${n}`);
  expect(passed).toHaveLength(1_001);
  expect(tail.lines()).toHaveLength(1_000);
  expect([tail.lines()[0], tail.lines().at(-1)]).toEqual(['line 2', 'line 1001']);
});
