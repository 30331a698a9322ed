/** An estate as texts: events for a replay, CISA's list for it, cases for `sekisho decide`. */
import { casesOf } from './cases.ts';
import { drawEstate } from './images.ts';
import { inspectorEvent } from './inspector-event.ts';
import { kevFeed } from './kev-feed.ts';
import { below, seeded } from './random.ts';

/** When the estate was scanned: all of its times follow from it, so that the bytes do not depend on the day. */
const SCANNED = Date.UTC(2026, 10, 19);
const DAY_MS = 24 * 60 * 60 * 1000;

export interface EstateOptions {
  /** A whole number. */
  readonly seed: number;
  readonly findings: number;
}

export interface EstateFeeds {
  /** In the order of their times. */
  readonly events: readonly object[];
  /** CISA's list of the day before. */
  readonly kev: object;
}

export const estateFeeds = ({ seed, findings }: EstateOptions): EstateFeeds => {
  const estate = drawEstate(seed, findings);
  const random = seeded(seed + 1);
  const events = estate.findings.map((finding, index) => {
    const { ageDays } = finding.image;
    return inspectorEvent(finding, {
      pushed: new Date(SCANNED - (ageDays + 1) * DAY_MS),
      observed: new Date(SCANNED - (below(random, ageDays + 1) + 1) * DAY_MS),
      reported: new Date(SCANNED + Math.floor((index * DAY_MS) / findings)),
    });
  });
  return { events, kev: kevFeed(random, estate.vulnerabilities, new Date(SCANNED - DAY_MS)) };
};

/** One event a line; and the list as JSON. */
export const estateFiles = (options: EstateOptions): { readonly events: string; readonly kev: string } => {
  const { events, kev } = estateFeeds(options);
  return { events: linesOf(events), kev: `${JSON.stringify(kev, null, 2)}\n` };
};

/** One case a line. */
export const estateCases = ({ seed, findings }: EstateOptions): string =>
  linesOf(casesOf(seeded(seed + 2), drawEstate(seed, findings).findings));

const linesOf = (items: readonly object[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('');
