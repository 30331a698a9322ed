/** Whether a repository lets a tag move to another image. */
import { matchesWildcard } from '../wildcard.ts';

export interface TagMutability {
  readonly mode: 'MUTABLE' | 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION';
  /** Tags to which the opposite applies, with `*` for any characters; only in the modes with exclusion. */
  readonly exclusions: readonly string[];
}

export const MUTABLE: TagMutability = { mode: 'MUTABLE', exclusions: [] };

export const isFixed = ({ mode, exclusions }: TagMutability, tag: string): boolean =>
  mode.startsWith('IMMUTABLE') !== exclusions.some((filter) => matchesWildcard(filter, tag));
