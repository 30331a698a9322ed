import { describe, expect, it } from 'vitest';
import { createReplacements } from '../../../local/queues/source-replacements.ts';

describe('a text in the sources of a package', () => {
  it('is replaced wherever it is, as it stands', () => {
    const { apply, requireAll } = createReplacements([['old', '$&']]);
    expect(apply('old and old')).toBe('$& and $&');
    expect(requireAll).not.toThrow();
  });

  it('may be in any of the sources', () => {
    const { apply, requireAll } = createReplacements([
      ['first', 'one'],
      ['second', 'two'],
    ]);
    expect(['first', 'second', 'third'].map(apply)).toEqual(['one', 'two', 'third']);
    expect(requireAll).not.toThrow();
  });

  it('is missed when no source has it', () => {
    const { apply, requireAll } = createReplacements([
      ['first', 'one'],
      ['second', 'two'],
    ]);
    apply('first');
    expect(requireAll).toThrow(/what is to be replaced: second$/);
  });
});
