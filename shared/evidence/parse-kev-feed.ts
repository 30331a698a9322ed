/** Reads CISA's feed of known exploited vulnerabilities: strict in what is used, tolerant of everything else. */
import * as z from 'zod/mini';
import { SekishoError } from '../base/errors.ts';
import type { KevList } from './kev-list.ts';

/** CISA listed some 1,600 in 2026 and adds about 200 a year. A list of more would not fit into an item of the table. */
const MOST_ENTRIES = 10_000;

const Entry = z.object({
  /** At most 19 digits, as the CVE record format has it. */
  cveID: z.string().check(z.regex(/^CVE-\d{4}-\d{4,19}$/)),
  dateAdded: z.iso.date(),
  /** `Known` or `Unknown`; older feeds lack it. */
  knownRansomwareCampaignUse: z.nullish(z.string()),
});

const Feed = z.object({
  catalogVersion: z.string().check(z.minLength(1), z.maxLength(64)),
  // An empty list would say of everything that nobody exploits it.
  vulnerabilities: z.array(Entry).check(z.minLength(1), z.maxLength(MOST_ENTRIES)),
});

/** Throws FEED_INVALID, naming the first field that is not as CISA describes it. */
export const parseKevFeed = (text: string, loadedAt: Date): KevList => {
  const feed = Feed.safeParse(jsonFrom(text));
  if (!feed.success) {
    const field = feed.error.issues[0]?.path.map(String).join('.') || 'JSON object';
    throw new SekishoError('FEED_INVALID', `CISA’s feed has no usable ${field}.`, { cause: feed.error });
  }
  const { catalogVersion, vulnerabilities } = feed.data;
  return {
    version: catalogVersion,
    loadedAt: loadedAt.toISOString(),
    entries: new Map(
      vulnerabilities.map(({ cveID, dateAdded, knownRansomwareCampaignUse }) => [
        cveID,
        { dateAdded, ransomware: knownRansomwareCampaignUse === 'Known' },
      ]),
    ),
  };
};

const jsonFrom = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SekishoError('FEED_INVALID', 'CISA’s feed is not JSON.', { cause });
  }
};
