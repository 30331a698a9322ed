/** What a layer deletes from those below it: files that stand for others' absence, as the OCI layer specification says. */

export type Whiteout =
  | { readonly kind: 'file'; readonly path: string }
  /** Everything that lower layers have in the directory. */
  | { readonly kind: 'opaque'; readonly path: string }
  /** Names nothing, or the directory itself: runtimes refuse it or differ. */
  | { readonly kind: 'invalid' };

const PREFIX = '.wh.';
const OPAQUE = '.wh..wh..opq';
const NO_NAMES: ReadonlySet<string> = new Set(['', '.', '..']);

/** Undefined: the entry stands for itself. */
export const whiteoutFrom = (path: string): Whiteout | undefined => {
  const slash = path.lastIndexOf('/');
  const base = path.slice(slash + 1);
  if (!base.startsWith(PREFIX)) return undefined;
  const directory = path.slice(0, Math.max(slash, 0));
  if (base === OPAQUE) return { kind: 'opaque', path: directory };
  const name = base.slice(PREFIX.length);
  if (NO_NAMES.has(name)) return { kind: 'invalid' };
  return { kind: 'file', path: directory === '' ? name : `${directory}/${name}` };
};

export interface WhiteoutList {
  readonly add: (whiteout: Whiteout) => void;
  readonly files: () => readonly string[];
  readonly opaque: () => readonly string[];
  readonly isFull: () => boolean;
  readonly hasInvalid: () => boolean;
}

/**
 * `mostLength`: UTF-16 units of all paths together. They are exact, also where a name is a secret itself, so that what
 * they hide is found: they are for laying layers over each other, and nothing shows them.
 */
export const createWhiteoutList = (mostLength: number): WhiteoutList => {
  const files: string[] = [];
  const opaque: string[] = [];
  let length = 0;
  let isFull = false;
  let hasInvalid = false;
  return {
    add: (whiteout) => {
      if (whiteout.kind === 'invalid') {
        hasInvalid = true;
        return;
      }
      length += whiteout.path.length;
      isFull = length > mostLength;
      if (!isFull) (whiteout.kind === 'file' ? files : opaque).push(whiteout.path);
    },
    files: () => files,
    opaque: () => opaque,
    isFull: () => isFull,
    hasInvalid: () => hasInvalid,
  };
};
