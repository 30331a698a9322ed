import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerLine } from '../../../cli/decide/answer-line.ts';
import { breakoutClass } from '../../../shared/priority/breakout-class.ts';

const FILE = path.resolve(import.meta.dirname, '../../fixtures/priority/random-cases.jsonl');

interface RandomCase {
  readonly id: string;
  readonly family: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

// Random facts, known and unknown ones. `expected` was never computed with the code under test: it is what a second
// implementation says, written in another language from the scheme's text alone, in exact fractions.
const lines = readFileSync(FILE, 'utf8').trimEnd().split('\n');
const cases = lines.map((line): RandomCase => JSON.parse(line));

const answer = (line: string) => answerLine({ number: 1, bytes: Buffer.from(line) })?.answer;

describe('a random case is decided as the second implementation of the scheme decides it', () => {
  it.each(cases)('$id', (one) => {
    // As text: the order of the members is part of what is promised.
    expect(JSON.stringify(answer(JSON.stringify(one)))).toBe(JSON.stringify({ id: one.id, ...one.expected }));
  });

  it('whichever rule it meets: each matches in some case', () => {
    const met = new Set(cases.flatMap(({ expected }) => expected.rules));
    const ids = ['U1', 'U2', 'U3', 'D1', 'D2', 'X1', 'B1', 'T1', 'T2', 'T3', 'T4', 'T5', 'I1', 'I2', 'I3'];
    expect([...met].sort()).toEqual(ids.sort());
  });

  it('also where the type alone says that there is a way out', () => {
    const untold = cases.filter(({ family, input }) => family === 'threat' && typeof input.breakout !== 'string');
    const classes = untold.map(({ input }) => breakoutClass(String(input.type)));
    expect(new Set(classes)).toEqual(new Set(['none', 'escape-enabler', 'escape-attempt', 'host-compromise']));
  });
});
