/** Whether a rule's `match` would take a subject if more were known of it: what is not known may be anything. */
import { matches } from './matches.ts';
import type { Match } from './policy.ts';
import { isRead, type Subject } from './subject.ts';

export const mayMatch = (
  { accounts, regions, repositories, resourceTags, ...rest }: Match,
  subject: Subject,
): boolean =>
  matches(
    {
      ...rest,
      ...(accounts && subject.account !== undefined && { accounts }),
      ...(regions && subject.region !== undefined && { regions }),
      ...(repositories && subject.repository !== undefined && { repositories }),
      ...(resourceTags && subject.tagSources.every(isRead) && { resourceTags }),
    },
    subject,
  );
