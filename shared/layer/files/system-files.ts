/** The few files whose content the rules ask for, read as they stream by. */
import { clipText } from '../../base/clip-text.ts';
import type { ContentSink, TarEntry } from '../layer-reader.ts';
import type { SystemFiles, Truncation } from '../layer-report.ts';
import { emptyPasswordsIn, parseGroup, parsePasswd } from './accounts.ts';
import { holdsCredentials, isGitConfig } from './git-config.ts';
import { headOf, linesOf } from './head.ts';
import { parseOsRelease } from './os-release.ts';
import { isSudoersFile, parseSudoers } from './sudoers.ts';

export interface SystemFileReader {
  /** Of a regular file. */
  readonly contentOf: (entry: TarEntry) => ContentSink | undefined;
  readonly files: () => SystemFiles;
  readonly truncated: () => readonly Truncation[];
}

const OS_RELEASES = ['etc/os-release', 'usr/lib/os-release'] as const;

export const createSystemFileReader = (limits: {
  readonly found: number;
  readonly systemFileBytes: number;
}): SystemFileReader => {
  let system: SystemFiles = {};
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

  const read: Readonly<Record<string, (text: string, size: number) => void>> = {
    'etc/passwd': (text, size) => {
      const { entries, malformed } = parsePasswd(text);
      system = { ...system, passwd: { size, accounts: firstOf('etc/passwd', entries), malformed } };
    },
    'etc/group': (text, size) => {
      const { entries, malformed } = parseGroup(text);
      system = { ...system, group: { size, groups: firstOf('etc/group', entries), malformed } };
    },
    'etc/shadow': (text) => {
      system = { ...system, shadow: { emptyPasswords: firstOf('etc/shadow', emptyPasswordsIn(text)) } };
    },
    'etc/ld.so.preload': (text) => {
      const lines = linesOf(text).map((line) => clipText(line, 256));
      system = { ...system, ldSoPreload: firstOf('etc/ld.so.preload', lines.filter(isPreloadLine)) };
    },
    'etc/os-release': (text) => osReleases.set('etc/os-release', parseOsRelease(text)),
    'usr/lib/os-release': (text) => osReleases.set('usr/lib/os-release', parseOsRelease(text)),
  };
  const readerOf = (path: string): ((text: string, size: number) => void) | undefined => {
    if (Object.hasOwn(read, path)) return read[path];
    if (isSudoersFile(path)) return (text) => keep(sudoers, path, parseSudoers(text), 'files of sudo');
    if (isGitConfig(path)) return (text) => keep(gitConfigs, path, holdsCredentials(text), 'configurations of Git');
    return undefined;
  };

  return {
    contentOf: ({ path, size }) => {
      const parse = readerOf(path);
      if (parse === undefined) return undefined;
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
        ...system,
        ...(path !== undefined && { osRelease: { path, fields: osReleases.get(path) ?? {} } }),
        ...(sudoers.size > 0 && { sudoers: [...sudoers].map(([name, facts]) => ({ path: name, ...facts })) }),
        ...(gitConfigs.size > 0 && {
          gitConfigs: [...gitConfigs].map(([name, urlWithCredentials]) => ({ path: name, urlWithCredentials })),
        }),
      };
    },
    truncated: () => [...truncated.values()],
  };
};

const isPreloadLine = (line: string): boolean => line !== '' && !line.startsWith('#');
