/** How package managers are called: what updates their lists, what installs, and which of the words are packages. */
import type { ShellCommand } from './shell-command.ts';

export const APT: ReadonlySet<string> = new Set(['apt', 'apt-get', 'aptitude']);
export const YUM: ReadonlySet<string> = new Set(['yum', 'dnf', 'microdnf', 'tdnf']);

/** Options that take the next word. */
const TAKES_WORD: Readonly<Record<Installation['manager'], ReadonlySet<string>>> = {
  apt: new Set(['-t', '--target-release', '--default-release', '-o', '--option', '-c', '--config-file', '-a']),
  apk: new Set(['-t', '--virtual', '-X', '--repository', '-p', '--root', '--arch', '--keys-dir', '--cache-dir']),
  yum: new Set(['-c', '--setopt', '--enablerepo', '--disablerepo', '--repo', '--installroot', '--releasever', '-x']),
  zypper: new Set(['-r', '--repo', '--from', '-t', '--type', '-R', '--root']),
  pip: new Set([
    ...['-r', '--requirement', '-c', '--constraint', '-e', '--editable', '-t', '--target', '--prefix', '--root'],
    ...['-i', '--index-url', '--extra-index-url', '-f', '--find-links', '--trusted-host', '--proxy', '--cert'],
    ...['--platform', '--python-version', '--only-binary', '--no-binary', '--progress-bar', '--timeout', '--retries'],
  ]),
  npm: new Set(['--registry', '--prefix', '--cache', '--loglevel']),
  gem: new Set(['-v', '--version', '-i', '--install-dir', '-n', '--bindir', '-s', '--source']),
};

export interface Installation {
  readonly manager: 'apt' | 'apk' | 'yum' | 'zypper' | 'pip' | 'npm' | 'gem';
  readonly options: readonly string[];
  /** Words that are neither options nor their values. */
  readonly packages: readonly string[];
}

/** What the command installs; undefined: it installs nothing. */
export const installationOf = (command: ShellCommand): Installation | undefined => {
  const manager = managerOf(command);
  if (manager === undefined) return undefined;
  const args = isPythonModule(command) ? command.args.slice(2) : command.args;
  const options: string[] = [];
  const words: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (/[<>]$/.test(arg)) at += 1;
    else if (arg.startsWith('-')) {
      options.push(arg);
      if (TAKES_WORD[manager].has(arg)) at += 1;
    } else if (!/^\d?[<>]/.test(arg)) words.push(arg);
  }
  const [verb = '', ...packages] = words;
  return VERBS[manager].includes(verb) ? { manager, options, packages } : undefined;
};

const VERBS: Readonly<Record<Installation['manager'], readonly string[]>> = {
  apt: ['install'],
  apk: ['add'],
  yum: ['install'],
  zypper: ['install', 'in'],
  pip: ['install'],
  npm: ['install', 'i', 'add'],
  gem: ['install'],
};

const managerOf = (command: ShellCommand): Installation['manager'] | undefined => {
  const { program } = command;
  if (APT.has(program)) return 'apt';
  if (YUM.has(program)) return 'yum';
  if (/^pip[\d.]*$/.test(program) || isPythonModule(command)) return 'pip';
  return program === 'apk' || program === 'zypper' || program === 'npm' || program === 'gem' ? program : undefined;
};

/** `python3 -m pip install`. */
const isPythonModule = ({ program, args }: ShellCommand): boolean =>
  /^python[\d.]*$/.test(program) && args[0] === '-m' && args[1] === 'pip';

/** The verb of a package manager, behind its options and their values: `apt-get -qq -o Acquire::Retries=3 update`. */
export const verbOf = (command: ShellCommand): string => {
  const manager = managerOf(command);
  const takesWord = (arg: string | undefined): boolean =>
    arg !== undefined && manager !== undefined && TAKES_WORD[manager].has(arg);
  return command.args.find((arg, at) => !arg.startsWith('-') && !takesWord(command.args[at - 1])) ?? '';
};

/** Brings its lists of packages up to date and nothing else; `yum update` and `dnf update` upgrade, and do not count. */
export const updatesLists = (command: ShellCommand): boolean => {
  const { program } = command;
  const verb = verbOf(command);
  if (APT.has(program) || program === 'apk') return verb === 'update';
  if (program === 'zypper') return verb === 'refresh' || verb === 'ref';
  return YUM.has(program) && (verb === 'makecache' || verb === 'check-update');
};
