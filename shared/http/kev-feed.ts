/** CISA's feed of known exploited vulnerabilities, or a mirror of it that the operator names. */
import type { KevFeed } from '../pipeline/ports.ts';
import { ANY_HOST, allowedAddress } from './allowed-address.ts';
import { download } from './download.ts';

/** It was about 1.5 MB in 2026. */
const LIMIT_BYTES = 20_000_000;

export const kevFeed = (address: string): KevFeed => ({
  fetch: async () => {
    const bytes = await download(allowedAddress(address, ANY_HOST), {
      limitBytes: LIMIT_BYTES,
      what: 'CISA’s feed',
      unavailable: 'FEED_UNAVAILABLE',
    });
    return new TextDecoder().decode(bytes);
  },
});
