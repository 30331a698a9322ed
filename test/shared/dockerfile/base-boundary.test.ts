import { describe, expect, it } from 'vitest';
import { type BoundaryEntry, originsFromHistory } from '../../../shared/dockerfile/base-boundary.ts';

/** `+` makes a layer, `-` does not; after `/` comes the comment. */
const entryOf = (text: string): BoundaryEntry => {
  const [shown = '', comment] = text.split('/', 2);
  return { keyword: shown.slice(1), empty_layer: shown[0] === '-', ...(comment && { comment }) };
};

describe('originsFromHistory', () => {
  it.each([
    ['an image on a base', ['+ADD', '-CMD', '+RUN', '-CMD'], ['base', 'base', 'app', 'app']],
    [
      'an image on a base on a base',
      ['+ADD', '-CMD', '+RUN', '-CMD', '+COPY'],
      ['base', 'base', 'base', 'base', 'app'],
    ],
    ['an image whose own CMD is the only one', ['+COPY', '-USER', '-CMD'], ['unknown', 'unknown', 'unknown']],
    ['a base image itself', ['+ADD', '-CMD'], ['unknown', 'unknown']],
    ['an image without layers', ['-LABEL', '-CMD'], ['unknown', 'unknown']],
    ['an image without any CMD', ['+COPY', '-ENTRYPOINT', '+RUN'], ['unknown', 'unknown', 'unknown']],
    ['an image of another builder', ['+UNKNOWN', '+UNKNOWN'], ['unknown', 'unknown']],
    ['a CMD that made a layer', ['+ADD', '+CMD', '+RUN'], ['unknown', 'unknown', 'unknown']],
    ['no history', [], []],
    [
      'Buildah, where the base ends without a CMD',
      ['+UNKNOWN', '+RUN/FROM docker.io/library/busybox:latest', '+COPY/FROM 97ad0fd6a1a3', '-CMD/FROM f737afe7b188'],
      ['base', 'app', 'app', 'app'],
    ],
    [
      'Buildah on an image of Buildah',
      ['+ADD', '+RUN/FROM base:1', '+RUN/built by me FROM app:1'],
      ['base', 'base', 'app'],
    ],
    ['BuildKit on an image of Buildah', ['+ADD', '+RUN/FROM base:1', '-CMD', '+COPY'], ['base', 'base', 'base', 'app']],
    ['Buildah from scratch', ['+COPY/FROM scratch', '-CMD'], ['unknown', 'unknown']],
  ])('tells for %s', (_, entries, origins) => {
    expect(originsFromHistory(entries.map(entryOf))).toEqual(origins);
  });
});
