/** What the permission bits give away: setuid and setgid, and what others may write to. */
import { isRegular, type Look } from './sighting.ts';

const SETUID = 0o4000;
const SETGID = 0o2000;
const STICKY = 0o1000;
const EXECUTABLE = 0o111;
const GROUP_OR_OTHERS_WRITE = 0o022;
const OTHERS_WRITE = 0o002;

/** A hard link carries the bits of its file. */
export const setuidFile: Look = ({ entry }) => {
  if (!isRegular(entry) || (entry.mode & (SETUID | SETGID)) === 0) return undefined;
  const bits = [entry.mode & SETUID ? 'setuid' : '', entry.mode & SETGID ? 'setgid' : ''];
  return { kind: 'setuid', detail: bits.filter((bit) => bit !== '').join(', ') };
};

/** In a sticky directory, such as `tmp`, everybody may write but nobody may replace the files of another. */
export const worldWritable: Look = ({ entry }) => {
  if ((entry.mode & OTHERS_WRITE) === 0) return undefined;
  const open =
    entry.type === 'directory' ? (entry.mode & STICKY) === 0 : isRegular(entry) && (entry.mode & EXECUTABLE) !== 0;
  return open ? { kind: 'world-writable' } : undefined;
};

const SYSTEM_FILES = new Set(['etc/passwd', 'etc/shadow', 'etc/group', 'etc/sudoers']);

export const writableSystemFile: Look = ({ entry }) =>
  (entry.mode & GROUP_OR_OTHERS_WRITE) !== 0 && isRegular(entry) && SYSTEM_FILES.has(entry.path)
    ? { kind: 'writable-system-file' }
    : undefined;
