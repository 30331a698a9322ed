import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');

const patternsIn = (file: string): readonly string[] =>
  [...new Set(readFileSync(path.join(ROOT, file), 'utf8').match(/\b\w+Pattern\b/g))]
    .filter((name) => /^[a-z]/.test(name) && name !== 'compilePattern')
    .toSorted();

describe('the rules of a replay', () => {
  it('are those that are deployed', () => {
    expect(patternsIn('cdk/sekisho-stack.ts')).toContain('imagePushedPattern');
    expect(patternsIn('cli/replay/subscriptions.ts')).toEqual(patternsIn('cdk/sekisho-stack.ts'));
  });
});
