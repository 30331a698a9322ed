import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../shared/image/digest.ts';
import { chainOf, findBases } from '../../../shared/pipeline/find-base.ts';
import type { KnownImage } from '../../../shared/pipeline/inspection-ports.ts';
import { inMemoryChains } from '../../support/inspection-ports.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const LAYERS = [digest('1'), digest('2'), digest('3'), digest('4')];
const HOST = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

const base = (digit: string, ...tags: readonly string[]): KnownImage => ({
  image: { ...IMAGE, repository: 'team/base', digest: digest(digit) },
  tags,
});
/** A registry in which the image has the lowest so many of the layers. */
const chainsWith = async (...images: readonly (readonly [KnownImage, readonly Digest[]])[]) => {
  const chains = inMemoryChains();
  for (const [known, layers] of images) {
    const chain = chainOf(layers);
    if (chain !== undefined) await chains.put(chain, known, NOW);
  }
  return chains;
};

describe('the base of an image', () => {
  it('is the image whose layers are the longest beginning of its own', async () => {
    const chains = await chainsWith(
      [base('a', '1'), LAYERS.slice(0, 1)],
      [base('b', '2', 'stable'), LAYERS.slice(0, 2)],
      [base('c', '3'), [digest('1'), digest('9'), digest('3')]],
    );
    expect(await findBases(IMAGE, LAYERS, chains)).toEqual([
      { name: `${HOST}/team/base:2`, digest: digest('b'), layers: 2, image: base('b').image, tag: '2' },
    ]);
  });

  it('is each of the images that differ in their configs alone', async () => {
    const chains = await chainsWith([base('a', '1'), LAYERS.slice(0, 2)], [base('b'), LAYERS.slice(0, 2)]);
    expect(await findBases(IMAGE, LAYERS, chains)).toEqual([
      { name: `${HOST}/team/base:1`, digest: digest('a'), layers: 2, image: base('a').image, tag: '1' },
      { name: `${HOST}/team/base`, digest: digest('b'), layers: 2, image: base('b').image },
    ]);
  });

  it('is never the image itself, nor one with all its layers, nor one with more', async () => {
    const chains = await chainsWith([base('a', '1'), LAYERS], [base('b', '2'), [...LAYERS, digest('5')]]);
    expect(await findBases(IMAGE, LAYERS, chains)).toEqual([]);
  });

  it('is an image of another repository: an earlier build of its own begins alike', async () => {
    const own = { image: { ...IMAGE, digest: digest('b') }, tags: ['1.3'] };
    const chains = await chainsWith(
      [base('a', '1'), LAYERS.slice(0, 1)],
      [base('d', '2'), LAYERS.slice(0, 2)],
      [own, LAYERS.slice(0, 2)],
      [own, LAYERS.slice(0, 3)],
    );
    expect((await findBases(IMAGE, LAYERS, chains)).map(({ name, layers }) => [name, layers])).toEqual([
      [`${HOST}/team/base:2`, 2],
    ]);
    expect(await findBases({ ...IMAGE, repository: 'team/base' }, LAYERS, chains)).toMatchObject([
      { image: own.image, layers: 3 },
    ]);
  });

  it('is not known of an image with one layer, or none', async () => {
    const chains = await chainsWith([base('a', '1'), LAYERS.slice(0, 1)]);
    expect(await findBases(IMAGE, LAYERS.slice(0, 1), chains)).toEqual([]);
    expect(await findBases(IMAGE, [], chains)).toEqual([]);
  });
});

it('an image without layers has no chain', () => {
  expect(chainOf([])).toBeUndefined();
  expect(chainOf(LAYERS.slice(0, 1))).toBe(digest('1'));
});
