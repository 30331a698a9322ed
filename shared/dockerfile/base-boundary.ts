/** Where the base image's instructions end and the user's own begin, guessed from history: none where nothing speaks for it. */
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
  const convention = Math.max(endByCommand(entries), endByComment(entries), endByGo(entries));
  const certain = Math.max(endByOtherBuilder(entries), triggers.length === 0 ? lastTrigger(entries) : -1);
  const last = Math.max(convention, certain);
  const own = ownBegin(entries, last, certain > convention);
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
const endByCommand = (entries: readonly ToldEntry[]): number =>
  lastBeforeLayers(entries, ({ keyword, empty_layer }) => keyword === 'CMD' && empty_layer);

const lastBeforeLayers = (entries: readonly ToldEntry[], matches: (entry: ToldEntry) => boolean): number => {
  const lastLayer = entries.findLastIndex((entry) => !entry.empty_layer);
  return entries.findLastIndex((entry, index) => index < lastLayer && matches(entry));
};

/** Buildah notes `FROM name` at the first entry that it adds to a base image, and at its later ones a bare image id. */
const FROM = /(?:^| )FROM (\S+)$/;
const IMAGE_ID = /^[0-9a-f]{12,64}$/;

const endByComment = (entries: readonly ToldEntry[]): number =>
  entries.findLastIndex((entry) => {
    const [, name] = FROM.exec(entry.comment ?? '') ?? [];
    return name !== undefined && !IMAGE_ID.test(name);
  }) - 1;

/** The golang images have no CMD: they end in the workspace that they set up. */
const endByGo = (entries: readonly ToldEntry[]): number => {
  const version = entries.findIndex(({ keyword, text }) => keyword === 'ENV' && /\sGOLANG_VERSION=/.test(text));
  const end = lastBeforeLayers(entries, ({ text }) => text === 'WORKDIR /go');
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

const lastTrigger = (entries: readonly ToldEntry[]): number =>
  entries.findLastIndex(({ keyword }) => keyword === 'ONBUILD');

/** No step of a build waits for so long; what lies further back was made by another one, or taken from its cache. */
const PAUSE_MS = 3_600_000;

/**
 * Index of the first entry that is certainly the user's own. An ENTRYPOINT below further layers can be the end of one
 * more base image, and so can a long pause where no convention has told an end: in between, nothing is known.
 */
const ownBegin = (entries: readonly ToldEntry[], baseEnd: number, byPause: boolean): number => {
  const entrypoint = lastBeforeLayers(entries, ({ keyword, empty_layer }) => keyword === 'ENTRYPOINT' && empty_layer);
  const pause = byPause
    ? entries.findLastIndex((entry, index) => index > baseEnd + 1 && follows(entries[index - 1], entry))
    : -1;
  return Math.max(baseEnd, entrypoint, pause - 1) + 1;
};

const follows = (before: ToldEntry | undefined, entry: ToldEntry): boolean =>
  Date.parse(entry.created ?? '') - Date.parse(before?.created ?? '') > PAUSE_MS;
