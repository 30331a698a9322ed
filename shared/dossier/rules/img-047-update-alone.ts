/** IMG-047: package lists that are as old as the builder's cache. */

import { failOrPassByCommands, offendingCommands } from './command-evidence.ts';
import { appStep, exampleImage } from './example-image.ts';
import type { ImageRule } from './image-rule.ts';
import { updatesLists } from './package-managers.ts';
import type { ShellCommand } from './shell-command.ts';

const example = (title: string, text: string) => ({ title, subject: exampleImage({ steps: [appStep(text)] }) });

export const updateAlone: ImageRule = {
  id: 'IMG-047',
  title: 'Package lists are updated in an instruction of their own',
  rationale:
    'The builder keeps the instruction’s layer, so that later builds install from old lists: packages without the fixes that are out, or none at all.',
  severity: 'LOW',
  class: 'hygiene',
  confirmed: true,
  references: { nist: ['3.1.1', '4.1.1'], cis: ['4.7'], others: ['dockle CIS-DI-0007', 'trivy DS-0017'] },
  remediation: 'Update and install in one RUN: `apt-get update && apt-get install -y --no-install-recommends …`.',
  examples: {
    good: [
      example('update and install', 'RUN apt-get update && apt-get install -y curl'),
      example('update and the upgrade of aptitude', 'RUN aptitude update && aptitude -y safe-upgrade'),
      example('update and upgrade', 'RUN apk update && apk upgrade'),
      example('the packages come from a list', 'RUN apt-get update && xargs apt-get install -y < packages.txt'),
      example('a script may install', 'RUN apt-get update && /tmp/install.sh'),
      example('yum update, which upgrades', 'RUN yum -y update'),
      example('a package whose name is like the verb', 'RUN apt-get install -y update-notifier'),
    ],
    bad: [
      example('apt-get update alone', 'RUN apt-get -qq update'),
      example('cleaned up after', 'RUN apt-get update && rm -rf /var/lib/apt/lists/*'),
      example('install before update', 'RUN apt-get install -y curl; apt-get update'),
      example('an option with a value before the verb', 'RUN apt-get -o Acquire::Retries=3 update'),
      example('apk update alone', 'RUN apk update'),
      example('zypper refresh alone', 'RUN zypper --non-interactive refresh'),
    ],
  },
  check: (image) => failOrPassByCommands(image, offendingCommands(image.steps, isAlone)),
};

const isAlone = (command: ShellCommand, all: readonly ShellCommand[], at: number): boolean =>
  updatesLists(command) && !all.slice(at + 1, at + 1 + MAX_LOOK_AHEAD).some(mayInstall);

/** A RUN of so many commands is no simple update, and each update in it would read on to its end. */
const MAX_LOOK_AHEAD = 200;

const INSTALLS =
  /^(?:install|reinstall|localinstall|groupinstall|in|add|upgrade|dist-upgrade|full-upgrade|safe-upgrade|patch|update|up|dup|build-dep|source|download|satisfy)$/;

/** Also what cannot be looked into: scripts, and programs that a variable names. */
const mayInstall = (command: ShellCommand): boolean => {
  if (updatesLists(command)) return false;
  const [first = ''] = command.words;
  return (
    command.args.some((arg) => INSTALLS.test(arg)) || first.includes('/') || first.startsWith('$') || isScript(command)
  );
};

const isScript = ({ program, args }: ShellCommand): boolean =>
  /^(?:.{1,100}\.(?:sh|py|pl)|source|\.)$/.test(program) ||
  (/^(?:ba|da|a|z|k)?sh$|^python[\d.]*$/.test(program) && args.length > 0);
