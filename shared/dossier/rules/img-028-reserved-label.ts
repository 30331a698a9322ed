/** IMG-028: labels that are orders to the runtime. */
import { appStep, exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule } from './image-rule.ts';
import { lastStepByName } from './step-variables.ts';

const RESERVED = ['containerd.io/', 'io.cri-containerd'];
/** Which program gets the container's output, started by containerd as root on the host. */
const LOG_URI = 'containerd.io/restart.loguri';

export const reservedLabel: ImageRule = {
  id: 'IMG-028',
  title: 'A label is an order to the container runtime',
  rationale:
    'containerd keeps its own settings in labels of these names and has taken them from images: `containerd.io/restart.loguri` with a `binary://` address makes it run a command on the host as root.',
  severity: 'HIGH',
  class: 'runtime-attack',
  confirmed: true,
  references: {
    nist: ['3.1.3', '3.4.1', '4.1.3', '4.4.1'],
    cis: [],
    others: ['CVE-2026-53488', 'AWS bulletin 2026-046-AWS'],
  },
  remediation:
    'Do not run this image; find out who built it. Update containerd to 1.7.33, 2.0.10, 2.1.9, 2.2.5, 2.3.2 or later.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      {
        title: 'ordinary labels',
        subject: exampleImage({
          config: { Labels: { 'org.opencontainers.image.source': 'https://git.example.com/app' } },
        }),
      },
    ],
    bad: [
      {
        title: 'a restart policy',
        subject: exampleImage({
          config: { Labels: { 'containerd.io/restart.policy': 'always' } },
          steps: [appStep('LABEL containerd.io/restart.policy=always')],
        }),
      },
      {
        title: 'a command on the host',
        subject: exampleImage({ config: { Labels: { [LOG_URI]: 'binary:///bin/sh?-c=id' } } }),
        severity: 'CRITICAL',
      },
    ],
  },
  check: ({ config: { config }, steps }) => {
    const setBy = lastStepByName(steps, 'LABEL');
    const reserved = Object.keys(config.Labels).filter((name) => RESERVED.some((start) => name.startsWith(start)));
    // Schemes of URLs have no case.
    const isCommand = (name: string): boolean => name === LOG_URI && /^\s*binary:/i.test(config.Labels[name] ?? '');
    const commands = reserved.filter(isCommand);
    return failOrPass(
      [
        ...commands.map((name) =>
          configEvidence(`the label ${name} names a program to run on the host`, setBy.get(name)),
        ),
        ...reserved
          .filter((name) => !isCommand(name))
          .map((name) => configEvidence(`the label ${name}`, setBy.get(name))),
      ],
      commands.length > 0 ? { severity: 'CRITICAL' } : {},
    );
  },
};
