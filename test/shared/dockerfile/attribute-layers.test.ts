import { describe, expect, it } from 'vitest';
import { attributeLayers } from '../../../shared/dockerfile/attribute-layers.ts';
import { digestOf, layerOf } from '../image/documents.ts';

const made = { keyword: 'RUN', text: 'RUN make', empty_layer: false };
const empty = { keyword: 'CMD', text: 'CMD ["sh"]', empty_layer: true };
const copied = { keyword: 'COPY', text: 'COPY a /a', empty_layer: true };
const user = { keyword: 'USER', text: 'USER app', empty_layer: false, comment: 'FROM base:1' };

describe('attributeLayers', () => {
  it('gives the layers in order to the entries that made one', () => {
    expect(attributeLayers([made, empty, made], [digestOf('a'), digestOf('b')], [layerOf('1'), layerOf('2')])).toEqual({
      attribution: { attributed: true },
      layerOf: [
        { digest: digestOf('1'), diffId: digestOf('a') },
        undefined,
        { digest: digestOf('2'), diffId: digestOf('b') },
      ],
      spans: [
        { first: 0, last: 0 },
        { first: 2, last: 2 },
      ],
    });
  });

  it.each([
    ['no history', [], ['a'], ['1'], 'The image has no history.'],
    ['a squashed image', [made, made], ['a'], ['1'], 'The history tells of 2 layers, but the image has 1.'],
    [
      'a layer that history does not tell of',
      [made],
      ['a', 'b'],
      ['1', '2'],
      'The history tells of 1 layer, but the image has 2.',
    ],
    [
      'a config and a manifest that differ',
      [made],
      ['a'],
      ['1', '2'],
      'The config lists 1 layer and the manifest 2 layers.',
    ],
    ['a config without diff ids', [made], [], ['1'], 'The config lists 0 layers and the manifest 1 layer.'],
  ])('gives none to anyone for %s', (_, history, diffIds, layers, reason) => {
    expect(attributeLayers(history, diffIds.map(digestOf), layers.map(layerOf))).toEqual({
      attribution: { attributed: false, reason },
      layerOf: history.map(() => undefined),
      spans: [],
    });
  });

  it.each([
    ['the only one that writes files', [made, copied, user], [0, 1], undefined],
    ['none of two that write files', [made, copied, copied, user], [0], 'The layer holds what 2 instructions made.'],
    [
      'none where none writes files',
      [made, empty, user],
      [0],
      'The history gives the layer to USER, which changes no file.',
    ],
  ])('gives a layer that Buildah’s instructions share to %s', (_, history, makers, reason) => {
    const { attribution, layerOf: given } = attributeLayers(
      history,
      [digestOf('a'), digestOf('b')],
      [layerOf('1'), layerOf('2')],
    );
    expect(given.flatMap((layer, index) => (layer ? [index] : []))).toEqual(makers);
    expect(attribution).toEqual({
      attributed: true,
      ...(reason && { unexplained: [{ digest: digestOf('2'), reason }] }),
    });
  });

  it('gives the one layer of a squashed image, which holds the base image too, to nobody', () => {
    expect(attributeLayers([copied, user], [digestOf('a')], [layerOf('1')]).attribution).toEqual({
      attributed: true,
      unexplained: [{ digest: digestOf('1'), reason: 'The layer holds the files of the base image too.' }],
    });
  });
});
