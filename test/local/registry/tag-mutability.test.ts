import { describe, expect, it } from 'vitest';
import { isFixed } from '../../../local/registry/tag-mutability.ts';

describe('a tag', () => {
  it.each([
    ['MUTABLE', [], 'v1', false],
    ['IMMUTABLE', [], 'v1', true],
    ['IMMUTABLE_WITH_EXCLUSION', ['latest', 'dev-*'], 'v1', true],
    ['IMMUTABLE_WITH_EXCLUSION', ['latest', 'dev-*'], 'latest', false],
    ['IMMUTABLE_WITH_EXCLUSION', ['latest', 'dev-*'], 'dev-3', false],
    ['MUTABLE_WITH_EXCLUSION', ['release-*'], 'release-1', true],
    ['MUTABLE_WITH_EXCLUSION', ['release-*'], 'dev', false],
  ] as const)('in a repository that is %s but for %j: %s is fixed: %s', (mode, exclusions, tag, fixed) => {
    expect(isFixed({ mode, exclusions }, tag)).toBe(fixed);
  });
});
