/** Where the base image's instructions end and the user's own begin, guessed from history: none where nothing speaks for it. */
import { builtFrom, type Commit, commitsOf } from './commits.ts';
import type { Instruction } from './instruction.ts';
import { isOfBuildKit, type ToldEntry } from './told-entry.ts';

type Origin = Instruction['origin'];

/**
 * One origin per entry, oldest first. `triggers`: the config's ONBUILD instructions, which are those of the image
 * itself: a history that tells of others is that of an image built on it.
 */
export const originsFromHistory = (
  entries: readonly ToldEntry[],
  triggers: readonly string[] = [],
): readonly Origin[] => {
  const commits = commitsOf(entries);
  const noted = beginByComment(entries, commits);
  const custom = Math.max(endByCommand(entries, commits), endByGo(entries, commits));
  // What Buildah built begins where it says so; yet the name of an image that was built from an id is its base's.
  const byBuildah = entries.slice(-1).some((entry) => builtFrom(entry) !== undefined) && noted.end >= 0;
  const convention = byBuildah ? noted.end : Math.max(custom, noted.end);
  const certain = Math.max(endByOtherBuilder(entries), triggers.length === 0 ? lastTrigger(entries, commits) : -1);
  const last = Math.max(convention, certain);
  const own = Math.max(
    ownBegin(entries, commits, last, certain > convention),
    last === noted.end ? noted.sure : 0,
    byBuildah ? custom + 1 : 0,
  );
  return entries.map((_, index) => {
    if (last < 0) return 'unknown';
    if (index <= last) return 'base';
    return index < own ? 'unknown' : 'app';
  });
};

/**
 * A base image ends with its CMD. The image's own CMD stands among the empty entries at the very end, so these are
 * skipped; without an earlier CMD the image is a base image itself, or was built from scratch.
 */
const endByCommand = (entries: readonly ToldEntry[], commits: readonly Commit[]): number =>
  lastBeforeLayers(entries, commits, ({ keyword, empty_layer }) => keyword === 'CMD' && empty_layer);

/** No image ends inside a commit. */
const lastBeforeLayers = (
  entries: readonly ToldEntry[],
  commits: readonly Commit[],
  matches: (entry: ToldEntry) => boolean,
): number => {
  const lastLayer = entries.findLastIndex((entry) => !entry.empty_layer);
  return entries.findLastIndex((entry, index) => index < lastLayer && matches(entry) && !isInside(commits, index));
};

const isInside = (commits: readonly Commit[], index: number): boolean =>
  commits.some(({ first, last }) => first <= index && index < last);

const IMAGE_ID = /^[0-9a-f]{12,64}$/;

/** Buildah notes `FROM name` where its first commit on a base image ends, and at later ones a bare image id. */
const beginByComment = (
  entries: readonly ToldEntry[],
  commits: readonly Commit[],
): { readonly end: number; readonly sure: number } => {
  const index = entries.findLastIndex((entry) => {
    const name = builtFrom(entry);
    return name !== undefined && !IMAGE_ID.test(name);
  });
  const commit = commits.find(({ last }) => last === index);
  return { end: (commit?.first ?? index) - 1, sure: commit?.sure ?? index };
};

/** The golang images have no CMD: they end in the workspace that they set up. */
const endByGo = (entries: readonly ToldEntry[], commits: readonly Commit[]): number => {
  const version = entries.findIndex(({ keyword, text }) => keyword === 'ENV' && /\sGOLANG_VERSION=/.test(text));
  const end = lastBeforeLayers(entries, commits, ({ text }) => text === 'WORKDIR /go');
  return version >= 0 && version < end ? end : -1;
};

/**
 * One builder makes one image: what others wrote below BuildKit's entries is the base image's, and so are lowest
 * layers that no instruction made (`# debian.sh …`).
 */
const endByOtherBuilder = (entries: readonly ToldEntry[]): number => {
  const last = entries.at(-1);
  if (last === undefined || last.keyword === 'UNKNOWN') return -1;
  if (isOfBuildKit(last)) return entries.findLastIndex((entry) => !isOfBuildKit(entry));
  return entries.findIndex(({ keyword }) => keyword !== 'UNKNOWN') - 1;
};

/** Buildah’s own say nothing: the config of an OCI image has no place for triggers. */
const lastTrigger = (entries: readonly ToldEntry[], commits: readonly Commit[]): number =>
  entries.findLastIndex(
    (entry, index) => entry.keyword === 'ONBUILD' && builtFrom(entry) === undefined && !isInside(commits, index),
  );

/** No step of a build waits for so long; what lies further back was made by another one, or taken from its cache. */
const PAUSE_MS = 3_600_000;

/**
 * Index of the first entry that is certainly the user's own. An ENTRYPOINT below further layers can be the end of one
 * more base image, and so can a long pause where no convention has told an end: in between, nothing is known.
 */
const ownBegin = (
  entries: readonly ToldEntry[],
  commits: readonly Commit[],
  baseEnd: number,
  byPause: boolean,
): number => {
  const entrypoint = lastBeforeLayers(
    entries,
    commits,
    ({ keyword, empty_layer }) => keyword === 'ENTRYPOINT' && empty_layer,
  );
  const pause = byPause
    ? entries.findLastIndex((entry, index) => index > baseEnd + 1 && follows(entries[index - 1], entry))
    : -1;
  return Math.max(baseEnd, entrypoint, pause - 1) + 1;
};

const follows = (before: ToldEntry | undefined, entry: ToldEntry): boolean =>
  Date.parse(entry.created ?? '') - Date.parse(before?.created ?? '') > PAUSE_MS;
