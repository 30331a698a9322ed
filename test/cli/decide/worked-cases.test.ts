import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { answerLine } from '../../../cli/decide/answer-line.ts';

const FILE = path.resolve(import.meta.dirname, '../../fixtures/priority/worked-cases.jsonl');

interface WorkedCase {
  readonly id: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

// Worked out by hand with the scheme: fifteen vulnerabilities, seven threats, four rules about images.
const cases = readFileSync(FILE, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): WorkedCase => JSON.parse(line));

it.each(cases)('$id is decided as it was worked out', (one) => {
  const answer = answerLine({ number: 1, bytes: Buffer.from(JSON.stringify(one)) })?.answer;
  // As text: the order of the members is part of what is promised.
  expect(JSON.stringify(answer)).toBe(JSON.stringify({ id: one.id, ...one.expected }));
});

it('are 26 cases', () => {
  expect(cases.map(({ id }) => id.replace(/\d+/, ''))).toEqual([
    ...Array(15).fill('V'),
    ...Array(7).fill('G'),
    ...Array(4).fill('I'),
  ]);
});
