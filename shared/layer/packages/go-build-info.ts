/** What the Go linker writes into a program about itself: the version of Go and the modules that it is built of. */

/** As of Go 1.18: `debug/buildinfo` reads the same. */
export interface GoBuildInfo {
  /** `go1.22.3`. */
  readonly goVersion: string;
  readonly modules: readonly GoModule[];
}

export interface GoModule {
  readonly path: string;
  /** `v1.2.3`, `(devel)`. */
  readonly version: string;
}

/** Stands at an address that is a multiple of 16. */
export const BUILD_INFO_MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const FLAGS_AT = 15;
/** Older versions of Go have pointers here, that only the program's own segments resolve. */
const STRINGS_INLINE = 2;
const HEADER = 32;
const LONGEST_VERSION = 256;
/** The biggest programs, of Kubernetes, have some 50 KiB. */
const LONGEST_MODULES = 1024 * 1024;
/** Random bytes at both ends of the list, by which others find it. */
const SENTINEL = 16;

/**
 * `bytes` begins with the magic. A number: as many bytes of it are needed to tell. `undefined`: these are only the same
 * 14 characters, as in programs that look for them.
 */
export const readGoBuildInfo = (bytes: Buffer): GoBuildInfo | number | undefined => {
  if (bytes.length < HEADER) return HEADER;
  if (((bytes[FLAGS_AT] ?? 0) & STRINGS_INLINE) === 0) return undefined;
  if (bytes.subarray(FLAGS_AT + 1, HEADER).some((byte) => byte !== 0)) return undefined;
  const version = readString(bytes, HEADER, LONGEST_VERSION);
  if (typeof version !== 'object') return version;
  const goVersion = version.text.toString('utf8');
  if (!/^(?:devel )?go/.test(goVersion)) return undefined;
  const list = readString(bytes, version.end, LONGEST_MODULES);
  if (typeof list !== 'object') return list;
  return { goVersion, modules: modulesOf(list.text.subarray(SENTINEL, -SENTINEL).toString('utf8')) };
};

/** A length, seven bits a byte, lowest first, and as many bytes. */
const readString = (
  bytes: Buffer,
  start: number,
  longest: number,
): { readonly text: Buffer; readonly end: number } | number | undefined => {
  let length = 0;
  let at = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at];
    if (byte === undefined) return at + 1;
    at += 1;
    length += (byte & 0x7f) * 2 ** shift;
    if (length > longest || shift > 28) return undefined;
    if (byte < 0x80) break;
  }
  const end = at + length;
  return end > bytes.length ? end : { text: bytes.subarray(at, end), end };
};

const modulesOf = (text: string): readonly GoModule[] => {
  const modules: GoModule[] = [];
  for (const line of text.split('\n')) {
    const [kind, path = '', version = ''] = line.split('\t');
    if (kind === 'mod' || kind === 'dep') modules.push({ path, version });
    const replaced = modules.at(-1);
    if (kind === '=>' && replaced !== undefined) modules[modules.length - 1] = replacement(replaced, path, version);
  }
  return modules;
};

/** A directory in the place of a module has no name of its own. */
const replacement = (replaced: GoModule, path: string, version: string): GoModule => ({
  path: /^\.{0,2}\//.test(path) ? replaced.path : path,
  version: version === '' ? replaced.version : version,
});
