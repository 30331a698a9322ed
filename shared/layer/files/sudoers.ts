/** `etc/sudoers`: whether it lets anybody run commands without a password. */
import { linesOf } from './head.ts';

export interface SudoersFacts {
  readonly withoutPassword: boolean;
  /** And any command at all. */
  readonly all: boolean;
}

/** `#1000` is a user and `#include` a directive; every other `#` begins a comment. */
const COMMENT = /#(?!\d|include).*$/;
const NO_SPECIFICATION = /^\s*(?:$|[#@]include|(?:User|Runas|Host|Cmnd|Cmd)_Alias\b)/;
const DEFAULTS = /^\s*Defaults\b/;
const NO_AUTHENTICATION = /!\s*authenticate\b/;
const TAG = /\b(NO)?PASSWD\s*:/g;
const OTHER_TAGS = /^(?:\s*[A-Z_]+\s*:)*\s*/;

export const parseSudoers = (text: string): SudoersFacts => {
  const lines = linesOf(text.replace(/\\\r?\n/g, ' ')).map((line) => line.replace(COMMENT, ''));
  const open = lines.some((line) => DEFAULTS.test(line) && NO_AUTHENTICATION.test(line));
  const granted = lines
    .filter((line) => !NO_SPECIFICATION.test(line) && !DEFAULTS.test(line))
    .flatMap((line) => commandsOf(line, open));
  return { withoutPassword: granted.length > 0, all: granted.includes('ALL') };
};

/** The commands of `who host = (as) NOPASSWD: one, two, PASSWD: three` that need none: one and two. */
const commandsOf = (line: string, open: boolean): readonly string[] => {
  const equals = line.indexOf('=');
  if (equals < 0) return [];
  const specification = line.slice(equals + 1);
  const tags = [...specification.matchAll(TAG)];
  // What stands before the first tag follows the defaults: `(ALL:ALL) ALL`.
  const before = specification.slice(0, tags[0]?.index).replace(/\([^()]*\)/g, '');
  const free = tags
    .map((tag, index) => ({
      free: tag[1] === 'NO',
      text: specification.slice(tag.index + tag[0].length, tags[index + 1]?.index),
    }))
    .filter((part) => part.free)
    .map(({ text }) => text);
  return [...(open ? [before] : []), ...free]
    .flatMap((text) => text.split(','))
    .map((command) => command.replace(OTHER_TAGS, '').trim())
    .filter((command) => command !== '');
};

/** Sudo itself passes over names with a dot or with `~` at the end: sudoers(5), "Including other files". */
export const isSudoersFile = (path: string): boolean =>
  path === 'etc/sudoers' || (/^etc\/sudoers\.d\/[^/.]+$/.test(path) && !path.endsWith('~'));
