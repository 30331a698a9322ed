import { describe, expect, it } from 'vitest';
import { historyGap } from '../../../shared/dockerfile/history-gap.ts';
import { toldEntry } from '../../../shared/dockerfile/told-entry.ts';
import type { HistoryEntry } from '../../../shared/image/config.ts';

const layer = (created_by: string, fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
  created_by,
  empty_layer: false,
  ...fields,
});
const empty = (created_by: string): HistoryEntry => ({ created_by, empty_layer: true });
const silent = (comment?: string): HistoryEntry => ({ empty_layer: false, ...(comment && { comment }) });

const gapOf = (history: readonly HistoryEntry[], attributed = true, layers = history.length) =>
  historyGap(history.map(toldEntry), attributed ? { attributed } : { attributed, reason: 'They differ.' }, layers);

const BUILDKIT = { comment: 'buildkit.dockerfile.v0' };
const ADD = layer('/bin/sh -c #(nop) ADD file:0 in / ');

describe('historyGap', () => {
  it.each([
    ['no history', [], 'it has no history'],
    ['docker import', [silent('Imported from -')], 'a file system was imported into it'],
    [
      'a build on docker import',
      [silent('Imported from -'), layer('/bin/sh -c make')],
      'a file system was imported into it',
    ],
    [
      'docker build --squash',
      [ADD, empty('/bin/sh -c make'), silent('merge sha256:12 to sha256:34')],
      'its layers were squashed into one',
    ],
    [
      'kaniko',
      [ADD, layer('RUN npm ci', { author: 'kaniko' })],
      'it was built by kaniko, which tells only of instructions that made a layer',
    ],
    [
      'ko',
      [
        layer('apko', { author: 'apko' }),
        layer('ko build ko://example.com/app', { author: 'ko', comment: 'go build output, at /ko-app/app' }),
      ],
      'it was built by ko, without a Dockerfile',
    ],
    ['an older ko', [layer('ko publish example.com/app')], 'it was built by ko, without a Dockerfile'],
    [
      'Jib on a base image with a Dockerfile',
      [
        ADD,
        empty('/bin/sh -c #(nop)  CMD ["sh"]'),
        layer('jib-maven-plugin:3.4.0', { author: 'Jib', comment: 'classes' }),
      ],
      'it was built by Jib, without a Dockerfile',
    ],
    ['Bazel', [layer('bazel build ...', { author: 'Bazel' })], 'it was built by Bazel, without a Dockerfile'],
    ['rules_oci', [layer('//app:image', { author: 'rules_oci' })], 'it was built by Bazel, without a Dockerfile'],
    ['apko', [layer('apko')], 'it was built by apko, without a Dockerfile'],
    ['Nix', [silent("store paths: ['/nix/store/0-hello']")], 'it was built by Nix, without a Dockerfile'],
    [
      'buildpacks',
      [ADD, layer("Layer: 'node', Created by buildpack: example/node@1.0.0"), layer('Buildpacks Process Types')],
      'it was built by buildpacks, without a Dockerfile',
    ],
    [
      'docker commit',
      [ADD, layer('/bin/sh -c make'), layer('bash')],
      'its history does not say what made 1 of its layers',
    ],
    ['entries that say nothing', [silent(), silent()], 'its history does not say what made 2 of its layers'],
    ['an image that no instruction made', [layer('# debian.sh')], 'its history does not say what made 1 of its layers'],
  ])('is found for %s, and nothing is told of the base image', (_, history, because) => {
    expect(gapOf(history)).toEqual({ because, tellsBase: false });
  });

  it.each([
    [
      'BuildKit without a Dockerfile',
      [ADD, layer('mkdir /app', { comment: 'buildkit.exporter.image.v0' })],
      true,
      2,
      'it was built by BuildKit, without a Dockerfile',
    ],
    [
      'one layer for all instructions',
      [ADD, empty('/bin/sh -c make'), layer('/bin/sh -c #(nop) USER app')],
      false,
      2,
      'one layer holds what several instructions made',
    ],
    [
      'layers that were put together later',
      [ADD, layer('/bin/sh -c make')],
      false,
      1,
      'its history and its layers do not agree',
    ],
  ])('is found for %s, and the base image is still told', (_, history, attributed, layers, because) => {
    expect(gapOf(history, attributed, layers)).toEqual({ because, tellsBase: true });
  });

  it('is found for layers that history does not tell of', () => {
    expect(gapOf([ADD], false, 2)).toEqual({ because: 'its history and its layers do not agree', tellsBase: false });
  });

  it.each([
    ['the classic builder', [ADD, empty('/bin/sh -c #(nop)  CMD ["sh"]'), layer('/bin/sh -c make')]],
    ['BuildKit', [layer('RUN /bin/sh -c make # buildkit', BUILDKIT), empty('CMD ["sh"]')]],
    ['Buildah', [layer('/bin/sh -c make', { comment: 'FROM docker.io/library/busybox:latest' })]],
    ['a Dockerfile on Debian, whose layer no instruction made', [layer('# debian.sh'), layer('RUN make', BUILDKIT)]],
    [
      'a Dockerfile on an image of Bazel',
      [layer('bazel build ...', { author: 'Bazel' }), layer('COPY a /a # buildkit', BUILDKIT)],
    ],
    [
      'a Dockerfile on an image of kaniko',
      [layer('RUN make', { author: 'kaniko' }), layer('COPY a /a # buildkit', BUILDKIT)],
    ],
  ])('is none for %s', (_, history) => {
    expect(gapOf(history)).toBeUndefined();
  });
});
