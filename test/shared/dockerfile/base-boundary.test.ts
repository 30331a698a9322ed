import { describe, expect, it } from 'vitest';
import { originsFromHistory } from '../../../shared/dockerfile/base-boundary.ts';
import type { ToldEntry } from '../../../shared/dockerfile/told-entry.ts';

/** `+` makes a layer, `-` does not; `RUN:make` has an argument; after `#` comes the comment; `@9` is made at 9 o'clock. */
const entryOf = (text: string): ToldEntry => {
  const [, sign, keyword = '', argument = '', comment, hour] =
    /^([+-])([A-Z]+)(?::([^#@]*))?(?:#([^@]*))?(?:@(\d+))?$/.exec(text) ?? [];
  return {
    keyword,
    text: `${keyword} ${argument}`.trim(),
    empty_layer: sign === '-',
    ...(comment && { comment: comment === 'bk' ? 'buildkit.dockerfile.v0' : comment }),
    ...(hour && { created: `2026-03-04T${hour.padStart(2, '0')}:00:00Z` }),
  };
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
      ['+UNKNOWN', '+RUN#FROM docker.io/library/busybox:latest', '+COPY#FROM 97ad0fd6a1a3', '-CMD#FROM f737afe7b188'],
      ['base', 'app', 'app', 'app'],
    ],
    [
      'Buildah on an image of Buildah',
      ['+ADD', '+RUN#FROM base:1', '+RUN#built by me FROM app:1'],
      ['base', 'base', 'app'],
    ],
    ['BuildKit on an image of Buildah', ['+ADD', '+RUN#FROM base:1', '-CMD', '+COPY'], ['base', 'base', 'base', 'app']],
    ['Buildah from scratch', ['+COPY#FROM scratch', '-CMD'], ['unknown', 'unknown']],
    [
      'BuildKit on an image of another builder, which ends without a CMD',
      ['+ADD', '-LABEL', '+RUN#bk', '-CMD#bk'],
      ['base', 'base', 'app', 'app'],
    ],
    ['BuildKit on layers that no instruction made', ['+UNKNOWN', '+RUN#bk', '-CMD#bk'], ['base', 'app', 'app']],
    ['the classic builder on layers that no instruction made', ['+UNKNOWN', '+RUN', '-CMD'], ['base', 'app', 'app']],
    [
      'an image on one that ends without a CMD, on layers that no instruction made',
      ['+UNKNOWN@1', '+RUN#bk@3', '-ENV#bk@3', '+COPY#bk@9', '-CMD#bk@9'],
      ['base', 'unknown', 'unknown', 'app', 'app'],
    ],
    [
      'an image on a base that was built long before',
      ['+ADD@1', '-CMD@1', '+RUN@2', '+COPY@9'],
      ['base', 'base', 'app', 'app'],
    ],
    [
      'an ENTRYPOINT below further layers, which can be the end of one more base image',
      ['+ADD', '-CMD', '+RUN', '-ENTRYPOINT', '+COPY', '-CMD'],
      ['base', 'base', 'unknown', 'unknown', 'app', 'app'],
    ],
    [
      'an image on golang, which ends in its workspace and has no CMD',
      ['+ADD', '-CMD', '+RUN', '-ENV:GOLANG_VERSION=1.22', '+RUN', '-WORKDIR:/go', '+COPY', '+RUN'],
      ['base', 'base', 'base', 'base', 'base', 'base', 'app', 'app'],
    ],
    [
      'a WORKDIR /go of one’s own',
      ['+ADD', '-CMD', '+RUN', '-WORKDIR:/go', '+COPY'],
      ['base', 'base', 'app', 'app', 'app'],
    ],
    [
      'Buildah without layers, whose last entry alone names the base',
      ['+ADD', '-CMD#FROM 97ad0fd6a1a3', '-ENV', '-COPY', '-CMD', '+EXPOSE#FROM base:2'],
      ['base', 'base', 'app', 'app', 'app', 'app'],
    ],
    [
      'Buildah without layers, two stages',
      ['-COPY', '+CMD', '-ENV', '+COPY#FROM base:2', '-ENTRYPOINT', '+USER#FROM 97ad0fd6a1a3'],
      ['base', 'base', 'app', 'app', 'app', 'app'],
    ],
    [
      'Buildah without layers, after a pause that a base image’s end or a long step made',
      ['+ADD@1', '-ENV@1', '-ENV@9', '+COPY#FROM base:2@9'],
      ['base', 'unknown', 'app', 'app'],
    ],
    ['Buildah’s squashed image', ['-ENV', '-CMD', '+USER#FROM base:2'], ['unknown', 'unknown', 'unknown']],
  ])('tells for %s', (_, entries, origins) => {
    expect(originsFromHistory(entries.map(entryOf))).toEqual(origins);
  });

  const onbuild = ['+ADD', '-CMD', '+RUN', '-ONBUILD', '+COPY', '-CMD'].map(entryOf);

  it('takes triggers that the config does not have for those of the base image, which were run', () => {
    expect(originsFromHistory(onbuild)).toEqual(['base', 'base', 'base', 'base', 'app', 'app']);
  });

  it('takes triggers that the config has for the image’s own', () => {
    expect(originsFromHistory(onbuild, ['COPY . /app'])).toEqual(['base', 'base', 'app', 'app', 'app', 'app']);
  });
});
