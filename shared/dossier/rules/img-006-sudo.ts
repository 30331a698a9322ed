/** IMG-006: sudo, which has no user to ask in a container. */

import type { Evidence } from '../../rules/rule.ts';
import { appStep, exampleImage, IN_APP } from './example-image.ts';
import {
  failOrPass,
  fileEvidence,
  type ImageRule,
  isPresent,
  stepEvidence,
  systemEvidence,
  unknownBecause,
} from './image-rule.ts';
import type { ShellCommand } from './shell-command.ts';
import { commandsOf } from './shell-commands.ts';

const SUDO = { kind: 'sudo', mode: 0o4755, uid: 0, gid: 0, size: 280_000, path: 'usr/bin/sudo' } as const;

export const sudo: ImageRule = {
  id: 'IMG-006',
  title: 'The image has sudo',
  rationale:
    'sudo is a large setuid program that turns a user into root. Where no password is asked for, a user other than root protects from nothing.',
  severity: 'MEDIUM',
  class: 'privilege',
  confirmed: true,
  references: {
    nist: ['4.1.2'],
    cis: ['4.3', '4.8'],
    others: ['dockle DKL-DI-0001', 'trivy DS-0010', 'hadolint DL3004'],
  },
  remediation:
    'Do in the Dockerfile as root what needs root, and then switch with USER. Where an entrypoint must step down, use gosu, su-exec or setpriv. Remove sudo and its rules.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      {
        title: 'sudo that a later layer removed',
        subject: exampleImage({ tree: { notable: [{ ...SUDO, ...IN_APP, deletedBy: IN_APP.layer }] } }),
      },
      {
        title: 'sudo in a word',
        subject: exampleImage({ steps: [appStep('RUN cp /src/pseudo sudoku /opt/')] }),
      },
    ],
    bad: [
      { title: 'the program', subject: exampleImage({ tree: { notable: [{ ...SUDO, ...IN_APP }] } }) },
      { title: 'a RUN that calls it', subject: exampleImage({ steps: [appStep('RUN cd /src && sudo make install')] }) },
      {
        title: 'a rule that asks no password for anything',
        subject: exampleImage({
          tree: {
            system: { sudoers: [{ path: 'etc/sudoers.d/app', withoutPassword: true, all: true }] },
            systemPlaces: { sudoers: IN_APP },
          },
        }),
        severity: 'HIGH',
      },
    ],
  },
  check: (image) => {
    const { tree, steps } = image;
    const free = (tree.system.sudoers ?? []).filter(({ withoutPassword }) => withoutPassword);
    const evidence: readonly Evidence[] = [
      ...free
        .toSorted((one, other) => Number(other.all) - Number(one.all))
        .map(({ path, all }) =>
          systemEvidence(
            image,
            'sudoers',
            path,
            `${path} lets users run ${all ? 'everything' : 'some commands'} without a password`,
          ),
        ),
      ...tree.notable
        .filter((file) => file.kind === 'sudo' && isPresent(file))
        .map((file) => fileEvidence(file, file.path)),
      ...steps
        .filter((step) => commandsOf(step).some(isStartedBySudo))
        .map((step) => stepEvidence(step, 'RUN calls sudo')),
    ];
    if (evidence.length === 0 && tree.incomplete !== undefined) return unknownBecause(tree.incomplete);
    // All files were read, and sudo is a file: what history does not tell can add nothing that still matters.
    return failOrPass(evidence, { severity: free.some(({ all }) => all) ? 'HIGH' : 'MEDIUM' });
  },
};

/** sudo stands before the program that it starts; in `apt-get install sudo` it is an argument. */
const isStartedBySudo = ({ words, args }: ShellCommand): boolean =>
  words.slice(0, words.length - args.length).some((word) => /^(?:.*\/)?sudo$/.test(word));
