/** IMG-051: packages that nobody asked for. */
import type { InspectedImage } from '../inspected-image.ts';
import { failOrPassByCommands, offendingCommands } from './command-evidence.ts';
import { appStep, exampleImage } from './example-image.ts';
import type { ImageRule } from './image-rule.ts';
import { installationOf } from './package-managers.ts';
import type { ShellCommand } from './shell-command.ts';

const example = (title: string, ...texts: readonly string[]) => ({
  title,
  subject: exampleImage({ steps: texts.map((text, index) => appStep(text, index)) }),
});

export const recommendsInstalled: ImageRule = {
  id: 'IMG-051',
  title: 'apt installs recommended packages too',
  rationale: 'What a package recommends is made for a workstation: more to pull, to patch and to misuse.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: ['4.3'], others: ['trivy DS-0029', 'hadolint DL3015'] },
  remediation: 'Add `--no-install-recommends`, and name the few recommended packages that are needed.',
  examples: {
    good: [
      example('with the option', 'RUN apt-get install -y --no-install-recommends curl'),
      example('with the setting', 'RUN apt-get -o APT::Install-Recommends=false install -y curl'),
      example('another package manager', 'RUN apk add curl'),
      example('repairs of what is installed', 'RUN apt-get install -fy'),
      example(
        'switched off for the whole build',
        `RUN echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/01-lean`,
        'RUN apt-get install -y curl',
      ),
    ],
    bad: [
      example('apt-get', 'RUN apt-get update && apt-get install -y curl'),
      example('apt', 'RUN apt install curl -y'),
      example(
        'switched off for an earlier command only',
        'RUN apt-get install --no-install-recommends -y a',
        'RUN apt-get install b',
      ),
    ],
  },
  check: (image) => failOrPassByCommands(image, withRecommends(image)),
};

/** From the instruction on that writes the setting into apt's configuration, nothing is recommended any more. */
const withRecommends = ({ steps }: InspectedImage) => {
  const off = steps.findIndex(({ text }) => /Install-Recommends/.test(text) && /apt\.conf/.test(text));
  return offendingCommands(off < 0 ? steps : steps.slice(0, off), installsRecommended);
};

const installsRecommended = (command: ShellCommand): boolean => {
  const installation = installationOf(command);
  return (
    installation?.manager === 'apt' &&
    installation.packages.length > 0 &&
    !installation.options.some((option) => /^(?:--no-install-recommends|--without-recommends|-R)$/.test(option)) &&
    !command.args.some((arg) => /Install-Recommends=(?:0|false|no)$/i.test(arg))
  );
};
