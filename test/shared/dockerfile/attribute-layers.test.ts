import { describe, expect, it } from 'vitest';
import { attributeLayers } from '../../../shared/dockerfile/attribute-layers.ts';
import { digestOf, layerOf } from '../image/documents.ts';

const made = { keyword: 'RUN', empty_layer: false };
const empty = { keyword: 'CMD', empty_layer: true };

describe('attributeLayers', () => {
  it('gives the layers in order to the entries that made one', () => {
    expect(attributeLayers([made, empty, made], [digestOf('a'), digestOf('b')], [layerOf('1'), layerOf('2')])).toEqual({
      attribution: { attributed: true },
      layerOf: [
        { digest: digestOf('1'), diffId: digestOf('a') },
        undefined,
        { digest: digestOf('2'), diffId: digestOf('b') },
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
    [
      'a builder that puts all instructions into the last one’s layer',
      [empty, { keyword: 'USER', empty_layer: false }],
      ['a'],
      ['1'],
      'The history gives a layer to USER, which changes no file.',
    ],
  ])('gives none to anyone for %s', (_, history, diffIds, layers, reason) => {
    expect(attributeLayers(history, diffIds.map(digestOf), layers.map(layerOf))).toEqual({
      attribution: { attributed: false, reason },
      layerOf: history.map(() => undefined),
    });
  });
});
