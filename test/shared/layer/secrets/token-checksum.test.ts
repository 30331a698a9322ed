import { describe, expect, it } from 'vitest';
import { hasChecksum } from '../../../../shared/layer/secrets/token-checksum.ts';

// Of tokens without rights that their owner revoked and published, and of a random part of one character.
const RIGHT = [
  ['zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ', '0mLq17'],
  ['adE7dp8rHP6gUTuPwxLTZjZdtya3sV', '0UQzQM'],
  ['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '0uCPlr'],
] as const;

describe('the checksum of a token', () => {
  it.each(RIGHT)('of %s is %s', (random, checksum) => {
    expect(hasChecksum(random + checksum)).toBe(true);
  });

  it.each(RIGHT)('of %s is not that of another', (random, checksum) => {
    expect(hasChecksum(`B${random.slice(1)}${checksum}`)).toBe(false);
    expect(hasChecksum(random + checksum.toLowerCase())).toBe(false);
  });
});
