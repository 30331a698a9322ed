/** Orders the states of one finding, so that any order and any duplication of its events ends in the same state. */
import { createHash } from 'node:crypto';
import type { Finding, FindingStatus } from '../finding/finding.ts';

/** Two states of the same instant: the one that ends the finding counts. */
const RANK = { active: 0, suppressed: 1, closed: 2 } as const satisfies Record<FindingStatus, number>;

/**
 * `<updatedAt>|<rank>|<hash>`: text order is age order. The hash breaks the tie between two different states with the
 * same time and status, so that every delivery order picks the same winner.
 */
export const findingVersion = (finding: Finding): string =>
  `${finding.updatedAt}|${RANK[finding.status]}|${createHash('sha256').update(JSON.stringify(finding)).digest('hex').slice(0, 16)}`;
