/** IMG-035: packages that are installed without a look at their signatures. */
import type { BuildStep } from '../inspected-image.ts';
import { failOrPassByCommands } from './command-evidence.ts';
import { appStep, exampleImage } from './example-image.ts';
import { type ImageRule, stepEvidence } from './image-rule.ts';
import { commandsOf } from './shell-commands.ts';

/** Options that switch the check off: of apt, dnf and yum, zypper, apk, pip. */
const OPTIONS = [
  '--allow-unauthenticated',
  '--allow-insecure-repositories',
  '--force-yes',
  '--nogpgcheck',
  '--no-gpg-checks',
  '--allow-untrusted',
  '--trusted-host',
] as const;

/** Settings that do, wherever they are written to. */
const SETTINGS: readonly (readonly [string, RegExp])[] = [
  ['gpgcheck=0', /\bgpgcheck\s{0,3}=\s{0,3}(?:0|false)\b/i],
  // A repository of files that the build itself made needs no signature.
  ['[trusted=yes]', /\btrusted=yes\b[^\]\n]{0,100}\]\s{1,5}(?!\s|file:|copy:|cdrom:)/],
  ['AllowUnauthenticated', /\bAPT::Get::AllowUnauthenticated[\s="']{1,5}(?:true|yes|1)\b/i],
  ['strict-ssl false', /\bstrict-ssl[\s="']{1,5}false\b/],
];

export const unverifiedPackages: ImageRule = {
  id: 'IMG-035',
  title: 'Packages are installed without checking who made them',
  rationale:
    'The package manager’s signatures are what tells the distribution’s packages from those of whoever sits between the build and the mirror.',
  severity: 'MEDIUM',
  class: 'supply-chain',
  confirmed: true,
  references: { nist: ['3.1.5', '4.1.5'], cis: ['4.11'], others: [] },
  remediation:
    'Leave the checks on: install the repository’s signing key, or the certificate authority that is missing, before the packages.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      { title: 'an ordinary installation', subject: exampleImage({ steps: [appStep('RUN apt-get install -y curl')] }) },
    ],
    bad: [
      {
        title: 'apt',
        subject: exampleImage({ steps: [appStep('RUN apt-get install -y --allow-unauthenticated curl')] }),
      },
      { title: 'dnf', subject: exampleImage({ steps: [appStep('RUN dnf install -y --nogpgcheck curl')] }) },
      { title: 'apk', subject: exampleImage({ steps: [appStep('RUN apk add --allow-untrusted /tmp/curl.apk')] }) },
      {
        title: 'pip',
        subject: exampleImage({ steps: [appStep('RUN pip install --trusted-host pypi.example.com app')] }),
      },
      { title: 'npm', subject: exampleImage({ steps: [appStep('RUN npm config set strict-ssl false && npm ci')] }) },
    ],
  },
  check: (image) =>
    failOrPassByCommands(
      image,
      image.steps
        .filter(({ keyword }) => keyword === 'RUN')
        .flatMap((step) => switchesIn(step).map((name) => stepEvidence(step, `RUN with ${name}`))),
    ),
};

const switchesIn = (step: BuildStep): readonly string[] => {
  const options = new Set(commandsOf(step).flatMap(({ args }) => args.map((arg) => arg.split('=', 1)[0])));
  return [
    ...OPTIONS.filter((option) => options.has(option)),
    ...SETTINGS.filter(([, pattern]) => pattern.test(step.text)).map(([name]) => name),
  ];
};
