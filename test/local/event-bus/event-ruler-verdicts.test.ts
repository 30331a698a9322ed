import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidEventPatternException } from '../../../local/event-bus/invalid-event-pattern.ts';
import { compilePattern } from '../../../local/event-bus/pattern.ts';

interface Case {
  readonly pattern: unknown;
  readonly event?: unknown;
  readonly expect: boolean | 'invalid';
}

const recorded = globSync('../shared/*/*/eventbridge-golden.json')[0];
if (recorded === undefined) console.info('skipped: the recorded verdicts of AWS event-ruler are not here');

const verdict = (pattern: unknown, event: unknown): boolean | 'invalid' => {
  try {
    return compilePattern(pattern)(event);
  } catch (error) {
    if (error instanceof InvalidEventPatternException) return 'invalid';
    throw error;
  }
};

describe.skipIf(recorded === undefined)('the verdicts of AWS event-ruler', () => {
  it('are ours, but for a field that is constrained both beside and inside an $or', () => {
    const golden = JSON.parse(readFileSync(recorded ?? '', 'utf8'));
    const cases: readonly Case[] = [...golden.fixed, ...golden.fuzz];
    const different = cases.filter(
      (example) => verdict(example.pattern, example.event ?? golden.baseEvent) !== example.expect,
    );
    expect(cases).toHaveLength(731);
    expect(different.map((example) => example.pattern)).toEqual([
      {
        detail: {
          b: [{ cidr: '10.0.0.0/24' }],
          $or: [{ b: [{ 'anything-but': { 'equals-ignore-case': 'x' } }, { prefix: '' }] }, { c: [{ prefix: 'y' }] }],
        },
      },
    ]);
  });
});
