/** What package managers download and leave behind. */
import type { Look } from './sighting.ts';

const OF_THE_SYSTEM = [
  'var/lib/apt/lists',
  'var/cache/apt/archives',
  'var/cache/apk',
  'etc/apk/cache',
  'var/cache/yum',
  'var/cache/dnf',
  'var/cache/libdnf5',
  'var/cache/tdnf',
  'var/cache/zypp',
  'var/cache/pacman/pkg',
  'usr/local/share/.cache/yarn',
];
/** In any home. */
const OF_A_USER = ['.cache/pip', '.cache/yarn', '.cache/go-build', '.npm/_cacache', '.composer/cache'];

const anyOf = (directories: readonly string[]): string => directories.join('|').replaceAll('.', '\\.');
const SYSTEM_CACHE = new RegExp(`^(?:${anyOf(OF_THE_SYSTEM)})(?=/)`);
const USER_CACHE = new RegExp(`(?:^|/)(?:${anyOf(OF_A_USER)})(?=/)`);

/** What stays after cleaning. */
const PLACEHOLDERS = new Set(['lock', '.lock', '.keep', '.gitkeep', 'CACHEDIR.TAG', 'expired_repos.json']);

export const packageCache: Look = ({ entry, base }) => {
  if (entry.type !== 'file' || entry.size === 0 || PLACEHOLDERS.has(base)) return undefined;
  const inside = SYSTEM_CACHE.exec(entry.path) ?? (entry.path.includes('.') ? USER_CACHE.exec(entry.path) : null);
  return inside === null
    ? undefined
    : { kind: 'package-cache', below: entry.path.slice(0, inside.index + inside[0].length) };
};
