import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPathSet, PATH_HASHES } from '../../../shared/layer/path-set.ts';

const pathsIn = (text: string) => {
  const hashes = new Set(PATH_HASHES.in(text));
  return { has: (path: string) => hashes.has(PATH_HASHES.of(path)) };
};

const setOf = (paths: readonly string[], most = 1000) => {
  const builder = createPathSet(most);
  for (const path of paths) builder.add(path);
  return { ...pathsIn(builder.text()), isFull: builder.isFull() };
};

describe('the paths of a layer', () => {
  it.each([
    ['etc/passwd', true],
    ['lib', true],
    ['etc', false],
    ['etc/shadow', false],
    ['passwd', false],
    ['lib/', false],
    ['', false],
  ])('have %j: %s', (path, has) => {
    expect(setOf(['etc/passwd', 'lib', 'dev/null']).has(path)).toBe(has);
  });

  it('are no longer than 8 bytes each in base64', () => {
    const builder = createPathSet(10_000);
    for (let at = 0; at < 9000; at += 1) builder.add(`usr/share/${at}`);
    expect(builder.text()).toHaveLength(9000 * 8 * (4 / 3));
  });

  it('are kept up to a number, and it says so', () => {
    const set = setOf(['a', 'b', 'c'], 2);
    expect([set.has('a'), set.has('b'), set.has('c'), set.isFull]).toEqual([true, true, false, true]);
    expect(setOf(['a', 'b'], 2).isFull).toBe(false);
  });

  it('are none without a text', () => {
    expect(pathsIn('').has('etc/passwd')).toBe(false);
  });

  it('are what was added and nothing else, in whatever order', () => {
    const path = fc.stringMatching(/^[a-z]{1,3}(?:\/[a-z]{1,3}){0,3}$/);
    fc.assert(
      fc.property(fc.uniqueArray(path), fc.array(path), (added, asked) => {
        const set = setOf(added);
        expect(added.filter((one) => !set.has(one))).toEqual([]);
        expect(asked.filter((one) => set.has(one))).toEqual(asked.filter((one) => added.includes(one)));
      }),
    );
  });
});
