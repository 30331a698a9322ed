/** The few files whose content the rules ask for, read as they stream by. */
import { clipText } from '../../base/clip-text.ts';
import { redactText } from '../../base/redaction.ts';
import type { ContentSink, TarEntry } from '../layer-reader.ts';
import type { SystemFiles, Truncation } from '../layer-report.ts';
import { linkTarget } from '../tar/link-target.ts';
import { emptyPasswordsIn, parseGroup, parsePasswd } from './accounts.ts';
import { holdsCredentials, isGitConfig } from './git-config.ts';
import { headOf, linesOf } from './head.ts';
import { parseOsRelease } from './os-release.ts';
import { isSudoersFile, parseSudoers } from './sudoers.ts';
import { unreadLink } from './unread-link.ts';

export interface SystemFileReader {
  /** An entry takes the place of what was read under its path before; the content is wanted of regular files only. */
  readonly entry: (entry: TarEntry) => ContentSink | undefined;
  readonly files: () => SystemFiles;
  readonly truncated: () => readonly Truncation[];
}

const OS_RELEASES = ['etc/os-release', 'usr/lib/os-release'] as const;

/** Read for rules that need them; a link in the place of one hides its content. */
const BY_LINK: ReadonlySet<string> = new Set([
  'etc/passwd',
  'etc/shadow',
  'etc/group',
  'etc/sudoers',
  'etc/ld.so.preload',
]);

export const createSystemFileReader = (limits: {
  readonly found: number;
  readonly systemFileBytes: number;
}): SystemFileReader => {
  const single = new Map<string, SystemFiles>();
  const osReleases = new Map<string, Readonly<Record<string, string>>>();
  const sudoers = new Map<string, ReturnType<typeof parseSudoers>>();
  const gitConfigs = new Map<string, boolean>();
  const truncated = new Map<string, Truncation>();

  const firstOf = <T>(path: string, list: readonly T[]): readonly T[] => {
    if (list.length > limits.found)
      truncated.set(path, { by: 'findings', text: `Only the first ${limits.found} entries of ${path} are kept.` });
    return list.slice(0, limits.found);
  };
  const keep = <T>(map: Map<string, T>, path: string, value: T, what: string): void => {
    if (map.has(path) || map.size < limits.found) map.set(path, value);
    else truncated.set(what, { by: 'findings', text: `Only the first ${limits.found} ${what} are kept.` });
  };

  const read: Readonly<Record<string, (text: string, size: number) => SystemFiles>> = {
    'etc/passwd': (text, size) => {
      const { entries, malformed, misread, emptyPasswords } = parsePasswd(text);
      return {
        passwd: {
          ...{ size, accounts: firstOf('etc/passwd', entries), malformed },
          ...(misread.length > 0 && { misread: firstOf('etc/passwd', misread) }),
          ...(emptyPasswords.length > 0 && { emptyPasswords: firstOf('etc/passwd', emptyPasswords) }),
        },
      };
    },
    'etc/group': (text, size) => {
      const { entries, malformed } = parseGroup(text);
      return { group: { size, groups: firstOf('etc/group', entries), malformed } };
    },
    'etc/shadow': (text) => ({ shadow: { emptyPasswords: firstOf('etc/shadow', emptyPasswordsIn(text)) } }),
    'etc/ld.so.preload': (text) => {
      const lines = linesOf(text).map((line) => clipText(redactText(line), 256));
      return { ldSoPreload: firstOf('etc/ld.so.preload', lines.filter(isPreloadLine)) };
    },
  };
  const readerOf = (path: string): ((text: string, size: number) => void) | undefined => {
    const one = Object.hasOwn(read, path) ? read[path] : undefined;
    if (one) return (text, size) => single.set(path, one(text, size));
    if (isOsRelease(path)) return (text) => osReleases.set(path, parseOsRelease(text));
    if (isSudoersFile(path)) return (text) => keep(sudoers, path, parseSudoers(text), 'files of sudo');
    if (isGitConfig(path)) return (text) => keep(gitConfigs, path, holdsCredentials(text), 'configurations of Git');
    return undefined;
  };
  const replace = (path: string): void => {
    for (const kept of [single, osReleases, sudoers, gitConfigs, truncated]) kept.delete(path);
  };
  /** A hard link to what was read is that once more. Other links stand for content that was not read here. */
  const link = (entry: TarEntry): void => {
    const { path, type } = entry;
    const target = linkTarget(entry) ?? '';
    const isHard = type === 'hardlink';
    const [osRelease, sudo, git] = [osReleases.get(target), sudoers.get(target), gitConfigs.get(target)];
    if (isHard && osRelease && isOsRelease(path)) osReleases.set(path, osRelease);
    else if (isHard && sudo && isSudoersFile(path)) keep(sudoers, path, sudo, 'files of sudo');
    else if (isHard && git !== undefined && isGitConfig(path)) keep(gitConfigs, path, git, 'configurations of Git');
    else if (isHard || BY_LINK.has(path) || (path === OS_RELEASES[0] && target !== OS_RELEASES[1]))
      keep(truncated, path, unreadLink(path), 'links in the place of system files');
  };

  return {
    entry: (entry) => {
      const { path, size, type } = entry;
      const parse = readerOf(path);
      if (parse === undefined) return undefined;
      replace(path);
      if (type === 'hardlink' || type === 'symlink') link(entry);
      if (type !== 'file') return undefined;
      return headOf(limits.systemFileBytes, (text, cut) => {
        parse(text, size);
        if (cut)
          truncated.set(path, {
            by: 'file-size',
            text: `Only the first ${limits.systemFileBytes} bytes of ${path} were read.`,
          });
      });
    },
    files: () => {
      const path = OS_RELEASES.find((name) => osReleases.has(name));
      return {
        ...Object.assign({}, ...single.values()),
        ...(path !== undefined && { osRelease: { path, fields: osReleases.get(path) ?? {} } }),
        ...(sudoers.size > 0 && {
          sudoers: [...sudoers].map(([name, facts]) => ({ path: redactText(name), ...facts })),
        }),
        ...(gitConfigs.size > 0 && {
          gitConfigs: [...gitConfigs].map(([name, urlWithCredentials]) => ({
            path: redactText(name),
            urlWithCredentials,
          })),
        }),
      };
    },
    // A name can be a secret itself.
    truncated: () => [...truncated.values()].map(({ by, text }) => ({ by, text: redactText(text) })),
  };
};

const isOsRelease = (path: string): boolean => OS_RELEASES.some((name) => name === path);

const isPreloadLine = (line: string): boolean => line !== '' && !line.startsWith('#');
