/** It is time to look at CISA's list of known exploited vulnerabilities again. */
import type { Clock } from '../base/clock.ts';
import { SekishoError } from '../base/errors.ts';
import { parseKevFeed } from '../evidence/parse-kev-feed.ts';
import type { KevFeed, KevStore } from './ports.ts';
import { DONE, type Settled } from './settled.ts';

export interface RefreshKevPorts {
  readonly feed: KevFeed;
  readonly kev: KevStore;
  readonly clock: Clock;
}

/**
 * Keeps the list as it is now. CISA takes single entries back, never half of them: a list that has shrunk so far is a
 * broken one, and the stored one stays. Throws FEED_INVALID, and what the ports throw.
 */
export const refreshKev = async ({ feed, kev, clock }: RefreshKevPorts): Promise<Settled> => {
  // Before the fetch: of two that run at once, the one that began later has what is newer, whichever ends first.
  const loadedAt = clock.now();
  const list = parseKevFeed(await feed.fetch(), loadedAt);
  const stored = await kev.get();
  const [now, before] = [list.entries.size, stored?.entries.size ?? 0];
  if (now * 2 < before)
    throw new SekishoError('FEED_INVALID', `CISA’s feed has ${now} entries, less than half of the ${before} stored.`);
  await kev.put(list);
  return DONE;
};
