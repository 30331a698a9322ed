/** IMG-052: a failure on the left of a pipe that the build does not see. */
import type { Evidence } from '../../rules/rule.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { failOrPassByCommands, quotedEvidence, quoteOf } from './command-evidence.ts';
import { appStep, exampleImage } from './example-image.ts';
import { type ImageRule, notApplicable } from './image-rule.ts';
import type { ShellCommand } from './shell-command.ts';
import { commandsOf } from './shell-commands.ts';

const example = (title: string, ...texts: readonly string[]) => ({
  title,
  subject: exampleImage({ steps: texts.map((text, index) => appStep(text, index)) }),
});

export const pipefail: ImageRule = {
  id: 'IMG-052',
  title: 'Failures inside pipes go unnoticed',
  rationale:
    'A shell answers with the last command of a pipe only: a download that broke off still ends as a layer, half of it inside.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: false,
  references: { nist: [], cis: [], others: ['hadolint DL4006'] },
  remediation: 'Put `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` before it, or begin the RUN with `set -o pipefail`.',
  examples: {
    good: [
      example('no pipe', 'RUN make || true'),
      example(
        'a shell that looks',
        'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
        'RUN curl https://example.com/a | tar x',
      ),
      example('the option set in the instruction', 'RUN set -euxo pipefail; curl https://example.com/a | tar x'),
      {
        title: 'a shell that the base image set',
        subject: exampleImage({
          config: { Shell: ['/bin/bash', '-eo', 'pipefail', '-c'] },
          steps: [appStep('RUN curl https://example.com/a | tar x')],
        }),
      },
      example('a bar in quotes', `RUN grep -E 'a|b' /etc/passwd`),
    ],
    bad: [
      example('the default shell', 'RUN curl https://example.com/a | tar x'),
      example(
        'a shell that looked, until another came',
        'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
        'SHELL ["/bin/sh", "-c"]',
        'RUN curl https://example.com/a | tar x',
      ),
    ],
  },
  check: (image) =>
    image.config.os === 'windows'
      ? notApplicable('the shells of Windows have no such option')
      : failOrPassByCommands(image, unseenFailures(image)),
};

const unseenFailures = ({ steps, config }: InspectedImage): readonly Evidence[] => {
  // A shell that no instruction sets was set by the base image.
  const isSetBySteps = steps.some(({ keyword }) => keyword === 'SHELL');
  let looks = !isSetBySteps && config.config.Shell.some((word) => word.includes('pipefail'));
  return steps.flatMap((step) => {
    if (step.keyword === 'SHELL') looks = step.text.includes('pipefail');
    if (looks) return [];
    const commands = commandsOf(step);
    const piped = commands.find(({ from }) => from !== undefined);
    if (piped?.from === undefined || commands.some(setsPipefail)) return [];
    return quotedEvidence(step, [quoteOf(piped.from, piped)]);
  });
};

const setsPipefail = ({ program, args }: ShellCommand): boolean =>
  (program === 'set' || program.endsWith('sh')) && args.includes('pipefail');
