import { describe, expect, it } from 'vitest';
import { isDossier } from '../../../shared/dossier/is-dossier.ts';
import { digestOf, IMAGE } from '../image/documents.ts';

const index = { kind: 'index', image: IMAGE, platforms: [] };

describe('isDossier', () => {
  it.each([
    ['an index', { ...index, attestations: [{ digest: digestOf('1'), about: digestOf('2') }] }, true],
    ['an index without attestations', { ...index, attestations: [] }, true],
    ['an artifact', { kind: 'artifact', image: IMAGE }, true],
    [
      'an index of an earlier version, which did not say what its attestations are about',
      { ...index, attestations: [digestOf('1')] },
      false,
    ],
    ['attestations that are no list', { ...index, attestations: 'none' }, false],
    ['another kind', { kind: 'chart', image: IMAGE }, false],
    ['an item without an image', { kind: 'artifact' }, false],
    ['a text', 'index', false],
    ['nothing', null, false],
  ])('reads %s: %#', (_, item, expected) => {
    expect(isDossier(item)).toBe(expected);
  });
});
