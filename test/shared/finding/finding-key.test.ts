import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingKey, isFindingKey } from '../../../shared/finding/finding-key.ts';

describe('findingKey', () => {
  // The stored findings and people's suppressions hang on these: they must never change.
  it.each([
    ['guardduty', ['ab', 'c'], 'guardduty-430fb1b4ac43316eca81fab27a1930ab8eff8fef'],
    ['guardduty', ['a', 'bc'], 'guardduty-5310a58788781ab25d5ad7c3f85035824b4eb7bd'],
    ['inspector2', ['関所'], 'inspector2-8f64456b335467993826b2fd9ae72f5f26883a50'],
    ['sekisho', [], 'sekisho-e3b0c44298fc1c149afbf4c8996fb92427ae41e4'],
  ] as const)('of %s and %j is always the same', (source, parts, key) => {
    expect(findingKey(source, parts)).toBe(key);
  });

  it('differs for different lists of parts', () => {
    const parts = fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        return isSame === (findingKey('guardduty', one) === findingKey('guardduty', other));
      }),
    );
  });

  it('is of the form that is recognised', () => {
    expect(isFindingKey(findingKey('inspector2', []))).toBe(true);
    expect(isFindingKey('inspector2-xyz')).toBe(false);
  });
});
