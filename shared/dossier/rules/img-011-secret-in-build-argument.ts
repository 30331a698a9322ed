/** IMG-011: secrets that were given to the build as arguments. */
import type { BuildStep } from '../inspected-image.ts';
import { appStep, EXAMPLE_PASSWORD, EXAMPLE_TOKEN, exampleImage } from './example-image.ts';
import { failOrPassBySteps, type ImageRule, stepEvidence } from './image-rule.ts';
import { secretIn } from './secret-value.ts';
import { variablesBeforeCommand, variablesOf } from './step-variables.ts';

export const secretInBuildArgument: ImageRule = {
  id: 'IMG-011',
  title: 'A build argument holds a secret',
  rationale:
    'The values of build arguments stay in the image’s history beside every RUN that could see them: `docker history` shows them to whoever can pull the image.',
  severity: 'CRITICAL',
  class: 'secret',
  confirmed: true,
  references: {
    nist: ['3.1.4', '4.1.4'],
    cis: ['4.10'],
    others: ['dockle CIS-DI-0010', 'trivy DS-0031', 'hadolint DL3064'],
  },
  remediation:
    'Revoke the secret and issue a new one. Give it to the build as a secret mount (`RUN --mount=type=secret,id=token`), rebuild, and delete the tags and digests that hold it.',
  examples: {
    good: [
      { title: 'no arguments', subject: exampleImage() },
      { title: 'an argument without a value', subject: exampleImage({ steps: [appStep('ARG NPM_TOKEN')] }) },
      {
        title: 'ordinary arguments',
        subject: exampleImage({ steps: [appStep('ARG VERSION=1.2'), appStep('RUN VERSION=1.2 make', 3)] }),
      },
      {
        title: 'package pins, which are no variables',
        subject: exampleImage({ steps: [appStep('RUN apk add libcrypto3=3.1.4-r1 libsecret=0.20.4-r0')] }),
      },
    ],
    bad: [
      {
        title: 'the value that a RUN was given',
        subject: exampleImage({ steps: [appStep('ARG TOKEN'), appStep(`RUN TOKEN=${EXAMPLE_TOKEN} npm ci`, 3)] }),
      },
      { title: 'a default', subject: exampleImage({ steps: [appStep(`ARG TOKEN=${EXAMPLE_TOKEN}`)] }) },
      {
        title: 'a password by its name',
        subject: exampleImage({ steps: [appStep(`RUN DB_PASSWORD="${EXAMPLE_PASSWORD}" make`)] }),
        severity: 'MEDIUM',
      },
    ],
  },
  check: (image) => {
    const variables = [
      ...variablesOf(image.steps, 'ARG'),
      ...image.steps.filter(({ keyword }) => keyword === 'RUN').flatMap(variablesBeforeCommand),
    ];
    // An argument stands beside every RUN behind it: the first place is enough, of the strongest proof.
    const byName = new Map<string, { readonly proof: 'token' | 'name'; readonly step: BuildStep }>();
    for (const { name, value, step } of variables) {
      const proof = secretIn(name, value);
      const known = byName.get(name)?.proof;
      if (proof !== undefined && (known === undefined || (known === 'name' && proof === 'token')))
        byName.set(name, { proof, step });
    }
    const found = [...byName].map(([name, place]) => ({ name, ...place }));
    const proven = found.filter(({ proof }) => proof === 'token');
    return failOrPassBySteps(
      image,
      [...proven, ...found.filter(({ proof }) => proof === 'name')].map(({ name, proof, step }) =>
        stepEvidence(
          step,
          proof === 'token'
            ? `the value of ${name} is a credential of a known form`
            : `the value of ${name} looks like a secret`,
        ),
      ),
      proven.length > 0 ? {} : { severity: 'MEDIUM', confirmed: false },
    );
  },
};
