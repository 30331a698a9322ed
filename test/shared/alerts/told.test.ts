import { expect, it } from 'vitest';
import type { GroupedFinding } from '../../../shared/alerts/alert-group.ts';
import { isMentioned, isTold } from '../../../shared/alerts/told.ts';
import { FINDING, older } from '../chat/grouped.ts';

const at = (change: Partial<GroupedFinding>): GroupedFinding => ({ ...FINDING, ...change });

/** Whether it is told, and whether it calls somebody. */
it.each<[string, GroupedFinding, boolean, boolean]>([
  ['what has a destination', FINDING, true, false],
  ['what has a destination, and calls', at({ mention: true }), true, true],
  ['what nobody is to be told of', at({ destinations: [], mention: true }), false, false],
  ['what is closed', at({ status: 'closed', mention: true }), false, false],
  ['what is suppressed', at({ status: 'suppressed', mention: true }), false, false],
  ['what is at Act and does not call', at({ outcome: 'act' }), true, false],
  ['what an older version kept at Act', older(at({ outcome: 'act' })), true, true],
  ['what an older version kept at Attend', older(FINDING), true, false],
])('tells %s', (_case, finding, told, mentioned) => {
  expect([isTold(finding), isMentioned(finding)]).toEqual([told, mentioned]);
});
