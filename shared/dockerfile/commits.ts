/** The commits of Buildah: without `--layers`, all instructions of a build share one layer, which the last entry has. */
import { changesNoFile, isOfBuildKit, type ToldEntry } from './told-entry.ts';

/** Indices of entries. */
export interface Commit {
  readonly first: number;
  /** From here on certainly of this commit; what lies before can be the end of the base image. */
  readonly sure: number;
  /** The entry that has the layer. */
  readonly last: number;
}

/** One for each layer that can hold what several entries made. */
export const commitsOf = (entries: readonly ToldEntry[]): readonly Commit[] =>
  entries.flatMap((entry, last) => {
    if (entry.empty_layer || isOfBuildKit(entry)) return [];
    const first = entries.findLastIndex((before, index) => index < last && !goesOn(before)) + 1;
    const copied = entries.slice(first, last).some(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
    // No other builder gives a layer to what changes no file, and none to what copies files.
    if (builtFrom(entry) === undefined && !changesNoFile(entry) && (!copied || entry.keyword === 'UNKNOWN')) return [];
    return [{ first, sure: sureFrom(entries, first, last), last }];
  });

/** `FROM name` or a bare image id, which Buildah notes at the entry that ends a commit; undefined: it notes none. */
export const builtFrom = ({ comment = '' }: ToldEntry): string | undefined => /(?:^| )FROM (\S+)$/.exec(comment)?.[1];

/** Buildah comments on the last entry only. The classic builder puts two spaces before what changes no file. */
const goesOn = ({ empty_layer, keyword, comment = '', created_by = '' }: ToldEntry): boolean =>
  empty_layer && keyword !== 'UNKNOWN' && comment === '' && !/#\(nop\) {2}/.test(created_by);

/** No step waits for so long, unless it works for so long. */
const PAUSE_MS = 3_600_000;

const sureFrom = (entries: readonly ToldEntry[], first: number, last: number): number => {
  const pause = entries.findLastIndex(
    (entry, index) => index > first && index <= last && isApart(entries[index - 1], entry),
  );
  const start = Math.max(first, pause);
  // The classic builder writes WORKDIR as Buildah does, and a base image can end with it.
  const own = entries.findIndex((entry, index) => index >= start && (index === last || entry.keyword !== 'WORKDIR'));
  return start === first && isEnd(entries[first - 1]) ? first : own;
};

const isApart = (before: ToldEntry | undefined, entry: ToldEntry): boolean =>
  Math.abs(Date.parse(entry.created ?? '') - Date.parse(before?.created ?? '')) > PAUSE_MS;

const isEnd = (before: ToldEntry | undefined): boolean =>
  before === undefined ||
  isOfBuildKit(before) ||
  builtFrom(before) !== undefined ||
  before.keyword === 'CMD' ||
  (!before.empty_layer && changesNoFile(before));
