import { describe, expect, it } from 'vitest';
import { chainIds } from '../../../shared/image/chain-id.ts';
import { digestOf } from './documents.ts';

describe('chainIds', () => {
  it('is the diff id itself for one layer, and a digest over the chain below and the diff id for more', () => {
    // printf 'sha256:aaaa… sha256:bbbb…' | sha256sum, and again with the outcome and sha256:cccc…
    expect(chainIds([digestOf('a'), digestOf('b'), digestOf('c')])).toEqual([
      digestOf('a'),
      'sha256:ccd722928bd92476ba1745586fed6e45a102504185ad88cd89e01ff116fd146c',
      'sha256:c1377126441fb2f5ec2c21ae2a60255331d639e830f0ee1b40a36e52d4c40588',
    ]);
  });

  it('has no chain without layers', () => {
    expect(chainIds([])).toEqual([]);
  });
});
