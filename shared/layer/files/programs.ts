/** Programs that help whoever gets into a container, by their names in the directories that the shell searches. */
import type { NotableKind } from '../layer-report.ts';
import type { Look, Sighting } from './sighting.ts';

const DIRECTORIES = new Set([
  'bin',
  'sbin',
  'usr/bin',
  'usr/sbin',
  'usr/local/bin',
  'usr/local/sbin',
  /** Where the debug variants of Distroless keep their shell. */
  'busybox',
]);

const NAMES: readonly (readonly [NotableKind, string | undefined, readonly string[]])[] = [
  ['tool', 'shell', ['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'mksh', 'tcsh', 'csh', 'fish', 'busybox']],
  [
    'tool',
    'package manager',
    [
      ...['apt', 'apt-get', 'aptitude', 'dpkg', 'apk', 'rpm', 'yum', 'dnf', 'dnf5', 'microdnf', 'tdnf', 'zypper'],
      ...['pacman', 'opkg', 'pip', 'pip3', 'npm', 'pnpm', 'yarn', 'gem', 'composer', 'conda'],
    ],
  ],
  [
    'tool',
    'compiler',
    [
      'gcc',
      'g++',
      'cc',
      'c++',
      'tcc',
      'clang',
      'clang++',
      'as',
      'ld',
      'make',
      'cmake',
      'go',
      'rustc',
      'cargo',
      'javac',
    ],
  ],
  ['tool', 'download', ['curl', 'wget', 'aria2c', 'axel']],
  [
    'tool',
    'network',
    [
      ...['nc', 'ncat', 'netcat', 'nc.traditional', 'nc.openbsd', 'socat', 'nmap', 'masscan', 'tcpdump', 'tshark'],
      ...['telnet', 'hping3'],
    ],
  ],
  ['tool', 'interpreter', ['python', 'python2', 'python3', 'perl', 'ruby', 'node', 'php', 'lua']],
  [
    'remote-admin',
    undefined,
    ['sshd', 'dropbear', 'telnetd', 'in.telnetd', 'in.rshd', 'in.rlogind', 'vncserver', 'Xvnc', 'x11vnc', 'xrdp'],
  ],
  ['sudo', undefined, ['sudo']],
];

const BY_NAME: ReadonlyMap<string, Sighting> = new Map(
  NAMES.flatMap(([kind, detail, names]) =>
    names.map((name): [string, Sighting] => [name, { kind, ...(detail !== undefined && { detail }) }]),
  ),
);

/** Links count: every program of Alpine's BusyBox is one. */
export const program: Look = ({ entry, base, directory }) =>
  entry.type !== 'directory' && DIRECTORIES.has(directory) ? BY_NAME.get(base) : undefined;
