/** Which findings of a group are told to people, and which of them call somebody. */
import type { GroupedFinding } from './alert-group.ts';

type Told = Pick<GroupedFinding, 'status' | 'destinations'>;

/** Active, and not for nobody. What an older version kept names no destinations, and everything was told then. */
export const isTold = ({ status, destinations }: Told): boolean => status === 'active' && destinations?.length !== 0;

/** Of a finding that is told; an older version called at Act. */
export const isMentioned = (finding: Told & Pick<GroupedFinding, 'mention' | 'outcome'>): boolean =>
  isTold(finding) && (finding.mention ?? finding.outcome === 'act');
