/** IMG-014: credentials in the commands of the build. */
import { redactText } from '../../base/redaction.ts';
import type { BuildStep } from '../inspected-image.ts';
import { failOrPassByCommands } from './command-evidence.ts';
import { appStep, EXAMPLE_PASSWORD, EXAMPLE_TOKEN, exampleImage } from './example-image.ts';
import { type ImageRule, stepEvidence } from './image-rule.ts';
import { loginsOf, REGISTRY_TOKEN } from './login-commands.ts';
import { holdsToken } from './secret-value.ts';
import type { ShellCommand } from './shell-command.ts';
import { commandsOf } from './shell-commands.ts';
import { behindVariables } from './step-variables.ts';

/** Places for credentials, which count where the credentials themselves stand there. */
const PLACES: readonly (readonly [name: string, isIn: (command: ShellCommand, text: string) => boolean])[] = [
  [
    'curl with a user and a password',
    ({ program, args }) => /^(?:curl|wget)$/.test(program) && args.some((arg) => CURL_USER.test(arg)),
  ],
  ['a URL with a user and a password', (_, text) => /:\/\/[^\s/:@'"]{0,200}:[^\s/@'"]{1,500}@/.test(text)],
  [REGISTRY_TOKEN, (_, text) => /:_(?:auth|authToken|password)\b/.test(text)],
  ['an Authorization header', (_, text) => /\bauthorization\s{0,5}:/i.test(text)],
  ['chpasswd', ({ program }) => program === 'chpasswd'],
  ['sshpass', (_, text) => /\bsshpass\b/.test(text)],
];

const CURL_USER = /^(?:-[A-Za-z]{0,10}[uU]|--(?:proxy-)?user)/;

export const credentialsInRun: ImageRule = {
  id: 'IMG-014',
  title: 'A RUN instruction uses credentials',
  rationale:
    'The command stands in the image’s history, and a login leaves its credentials in a file of the layer: whoever can pull the image has both.',
  severity: 'HIGH',
  class: 'secret',
  confirmed: true,
  references: { nist: ['3.1.4', '4.1.4'], cis: ['4.10'], others: ['trivy DS-0031'] },
  remediation:
    'Revoke the credentials and issue new ones. Do in a secret mount what needs them (`RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci`), and log in outside the build.',
  examples: {
    good: [
      { title: 'no credentials', subject: exampleImage() },
      {
        title: 'a token that the command reads from a secret mount',
        subject: exampleImage({
          steps: [appStep('RUN curl -H "Authorization: Bearer $(cat /run/secrets/token)" https://example.com')],
        }),
      },
      {
        title: 'a build argument that stands before every command below it, which IMG-011 tells',
        subject: exampleImage({ steps: [appStep(`RUN NPM_TOKEN=${EXAMPLE_TOKEN} echo built`)] }),
      },
      {
        title: 'package pins and settings',
        subject: exampleImage({
          steps: [appStep('RUN apk add libsecret=0.20.4-r0 && echo "access.log = /dev/stdout" > /etc/a')],
        }),
      },
    ],
    bad: [
      {
        title: 'a registry’s password',
        subject: exampleImage({
          steps: [appStep(`RUN docker login -u ci -p ${EXAMPLE_PASSWORD} registry.example.com`)],
        }),
      },
      {
        title: 'a login that leaves its key in a file',
        subject: exampleImage({
          steps: [appStep('RUN gcloud auth activate-service-account --key-file=/tmp/key.json')],
        }),
      },
      {
        title: 'a URL with a password',
        subject: exampleImage({ steps: [appStep(`RUN git clone https://ci:${EXAMPLE_PASSWORD}@git.example.com/app`)] }),
      },
      {
        title: 'a token of a known form',
        subject: exampleImage({
          steps: [appStep(`RUN npm config set //registry.npmjs.org/:_authToken ${EXAMPLE_TOKEN}`)],
        }),
        severity: 'CRITICAL',
      },
    ],
  },
  check: (image) => {
    const runs = image.steps.filter(({ keyword }) => keyword === 'RUN');
    const withToken = runs.filter((step) => holdsToken(behindVariables(step)));
    return failOrPassByCommands(
      image,
      [
        ...withToken.map((step) => stepEvidence(step, 'RUN holds a credential of a known form')),
        ...runs.flatMap((step) => usesOf(step).map((name) => stepEvidence(step, `RUN uses ${name}`))),
      ],
      withToken.length > 0 ? { severity: 'CRITICAL' } : {},
    );
  },
};

const usesOf = (step: BuildStep): readonly string[] => {
  const commands = commandsOf(step);
  const withSecrets = commands
    .map((command) => ({ command, text: withPipe(command) }))
    .filter(({ text }) => redactText(text) !== text);
  const names = [
    ...loginsOf(commands),
    ...PLACES.filter(([, isIn]) => withSecrets.some(({ command, text }) => isIn(command, text))).map(([name]) => name),
  ];
  return [...new Set(names)];
};

const withPipe = ({ from, text }: ShellCommand): string => (from ? `${from.text} | ${text}` : text);
