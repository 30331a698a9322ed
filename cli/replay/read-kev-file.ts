/** CISA's list of known exploited vulnerabilities from a file, in the form of CISA's feed (JSON). */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { sekishoErrorFrom } from '../../shared/base/errors.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { parseTimestamp } from '../../shared/events/timestamp.ts';
import type { KevList } from '../../shared/evidence/kev-list.ts';
import { parseKevFeed } from '../../shared/evidence/parse-kev-feed.ts';
import { unreadReason } from '../unread-file.ts';

const Release = z.object({ dateReleased: z.optional(z.unknown()) });

/**
 * The list is as old as CISA's release of it, which the file names, so that the same file says the same each day;
 * `today` (`2026-11-20`) stands in where it names none. The error is one line. Never throws.
 */
export const readKevFile = async (file: string, today: string): Promise<Result<KevList, string>> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    return err(`${file}: ${unreadReason(thrown)}`);
  }
  try {
    const list = parseKevFeed(text, new Date(today));
    const released = parseTimestamp(Release.safeParse(JSON.parse(text)).data?.dateReleased);
    return ok(released === undefined ? list : { ...list, loadedAt: released });
  } catch (thrown) {
    return err(`${file}: ${sekishoErrorFrom(thrown).message}`);
  }
};
