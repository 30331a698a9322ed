/** Whether a stored item reads as a grouped finding of this version. */
import type { GroupedFinding } from './alert-group.ts';

export const isGroupedFinding = (item: unknown): item is GroupedFinding =>
  typeof item === 'object' &&
  item !== null &&
  'group' in item &&
  typeof item.group === 'string' &&
  'key' in item &&
  'version' in item &&
  'status' in item &&
  'outcome' in item &&
  'subject' in item;
