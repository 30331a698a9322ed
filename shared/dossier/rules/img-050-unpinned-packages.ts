/** IMG-050: packages of whatever version there is on the day of the build. */

import { failOrPassByCommands, offendingCommands } from './command-evidence.ts';
import { appStep, exampleImage } from './example-image.ts';
import type { ImageRule } from './image-rule.ts';
import { type Installation, installationOf } from './package-managers.ts';
import type { ShellCommand } from './shell-command.ts';

const example = (title: string, text: string) => ({ title, subject: exampleImage({ steps: [appStep(text)] }) });

export const unpinnedPackages: ImageRule = {
  id: 'IMG-050',
  title: 'Packages are installed without a version',
  rationale:
    'Two builds of the same Dockerfile differ, and nobody can say which versions last month’s image was meant to have.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: false,
  references: {
    nist: ['4.2.2'],
    cis: [],
    others: [
      ...[
        'hadolint DL3008',
        'hadolint DL3013',
        'hadolint DL3016',
        'hadolint DL3018',
        'hadolint DL3028',
        'hadolint DL3033',
      ],
      ...['hadolint DL3037', 'hadolint DL3041'],
    ],
  },
  remediation:
    'Name versions, or install from a lock file; for packages of the distribution pin the base image by digest and rebuild often.',
  examples: {
    good: [
      example('apt with a version', 'RUN apt-get install -y --no-install-recommends curl=7.88.1-10'),
      example('apk with a range', 'RUN apk add --no-cache "curl~8" -t build-deps'),
      example('pip with a file', 'RUN pip install --no-cache-dir -r requirements.txt'),
      example('pip with constraints', 'RUN pip install -c constraints.txt flask'),
      example('npm with a lock file', 'RUN npm ci && npm install'),
      example('npm with a version', 'RUN npm install -g @scope/tool@1.2.3'),
      example('a package file', 'RUN apt-get install -y ./app.deb'),
      example('names from a variable', 'RUN apt-get install -y $PACKAGES'),
      example('yum with a version', 'RUN yum install -y nginx-1.24.0-1.el9'),
      example('gem with a version', 'RUN gem install rails -v 8.0.1'),
    ],
    bad: [
      example('apt', 'RUN apt-get update && apt-get install -y curl'),
      example('one of two', 'RUN apk add curl=8.5.0-r0 git'),
      example('pip as a module', 'RUN python3 -m pip install flask'),
      example('npm at latest', 'RUN npm install -g tool@latest'),
      example('dnf', 'RUN dnf -y install nginx'),
      example('gem', 'RUN gem install rails'),
    ],
  },
  check: (image) => failOrPassByCommands(image, offendingCommands(image.steps, installsUnpinned)),
};

const installsUnpinned = (command: ShellCommand): boolean => {
  const installation = installationOf(command);
  return (
    installation !== undefined &&
    !isLocked(installation) &&
    installation.packages.some((name) => !isPinned(installation, name))
  );
};

const isLocked = ({ manager, options }: Installation): boolean => {
  if (manager === 'pip') return options.some((option) => /^(?:-c|--constraint(?:=.*)?|--require-hashes)$/.test(option));
  return manager === 'gem' && options.some((option) => /^(?:-v|--version(?:=.*)?)$/.test(option));
};

/** Files, addresses and variables name no package that could be pinned here. */
const NO_NAME = /[$…*]|^\.|^\/|:\/\/|\.(?:deb|rpm|apk|whl|tgz|gem|tar\.gz)$/;

const isPinned = ({ manager }: Installation, name: string): boolean => {
  if (NO_NAME.test(name)) return true;
  switch (manager) {
    case 'apt':
      return /[=/]|[+-]$/.test(name);
    case 'apk':
      return /[=~<>@]/.test(name);
    case 'pip':
      return /[=~<>@]/.test(name);
    case 'npm':
      return /.@(?!latest$|next$)/.test(name);
    case 'gem':
      return name.includes(':');
    default:
      return /^@|[=<>]|-\d/.test(name);
  }
};
