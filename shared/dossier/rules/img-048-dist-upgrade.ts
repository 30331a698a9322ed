/** IMG-048: another release of the distribution than the base image's. */

import { failOrPassByCommands, offendingCommands } from './command-evidence.ts';
import { appStep, exampleImage } from './example-image.ts';
import type { ImageRule } from './image-rule.ts';
import { APT, verbOf } from './package-managers.ts';
import type { ShellCommand } from './shell-command.ts';

const example = (title: string, text: string) => ({ title, subject: exampleImage({ steps: [appStep(text)] }) });

export const distUpgrade: ImageRule = {
  id: 'IMG-048',
  title: 'The build upgrades the whole distribution',
  rationale:
    'The image is no longer what its base says: packages are removed and replaced by whatever the mirror has that day, and every file of theirs is stored twice.',
  severity: 'LOW',
  class: 'hygiene',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: [], others: ['dockle DKL-DI-0003', 'trivy DS-0024', 'hadolint DL3035'] },
  remediation: 'Start from a newer digest or release of the base image.',
  examples: {
    good: [
      example('an upgrade inside the release', 'RUN apt-get update && apt-get upgrade -y'),
      example('a script of that name', 'RUN ./dist-upgrade'),
    ],
    bad: [
      example('apt-get', 'RUN apt-get update && apt-get -y dist-upgrade'),
      example('an option with a value', 'RUN apt-get -o Dpkg::Options::=--force-confold dist-upgrade -y'),
      example('apt', 'RUN apt full-upgrade -y'),
      example('zypper', 'RUN zypper --non-interactive dup'),
    ],
  },
  check: (image) => failOrPassByCommands(image, offendingCommands(image.steps, isDistUpgrade)),
};

const isDistUpgrade = (command: ShellCommand): boolean => {
  const verb = verbOf(command);
  if (APT.has(command.program)) return verb === 'dist-upgrade' || verb === 'full-upgrade';
  if (command.program === 'zypper') return verb === 'dup' || verb === 'dist-upgrade';
  return command.program === 'do-release-upgrade';
};
