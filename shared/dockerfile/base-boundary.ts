/** Where the base image's instructions end and the user's own begin: a guess, and none where nothing speaks for it. */
import type { HistoryEntry } from '../image/config.ts';
import type { Instruction } from './instruction.ts';

export interface BoundaryEntry extends HistoryEntry {
  readonly keyword: string;
}

/** One origin per entry, oldest first. */
export const originsFromHistory = (entries: readonly BoundaryEntry[]): readonly Instruction['origin'][] => {
  const last = Math.max(endByCommand(entries), endByComment(entries));
  return entries.map((_, index) => (last < 0 ? 'unknown' : index <= last ? 'base' : 'app'));
};

/**
 * A base image ends with its CMD. The image's own CMD stands among the empty entries at the very end, so these are
 * skipped; without an earlier CMD the image is a base image itself, or was built from scratch.
 */
const endByCommand = (entries: readonly BoundaryEntry[]): number => {
  const lastLayer = entries.findLastIndex((entry) => !entry.empty_layer);
  return entries.findLastIndex((entry, index) => index < lastLayer && entry.empty_layer && entry.keyword === 'CMD');
};

/** Buildah notes `FROM name` at the first entry that it adds to a base image, and at its later ones a bare image id. */
const FROM = /(?:^| )FROM (\S+)$/;
const IMAGE_ID = /^[0-9a-f]{12,64}$/;

const endByComment = (entries: readonly BoundaryEntry[]): number =>
  entries.findLastIndex((entry) => {
    const [, name] = FROM.exec(entry.comment ?? '') ?? [];
    return name !== undefined && !IMAGE_ID.test(name);
  }) - 1;
