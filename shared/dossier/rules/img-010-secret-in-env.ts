/** IMG-010: secrets in the image's environment. */
import type { Evidence } from '../../rules/rule.ts';
import { environmentOf } from './environment.ts';
import { appStep, EXAMPLE_PASSWORD, EXAMPLE_TOKEN, exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule, stepEvidence } from './image-rule.ts';
import { secretIn } from './secret-value.ts';
import { lastStepByName, variablesOf } from './step-variables.ts';

export const secretInEnv: ImageRule = {
  id: 'IMG-010',
  title: 'The environment holds a secret',
  rationale:
    'ENV stands in the image’s config: whoever can pull the image reads it, every process inherits it, and a later ENV does not take it out of the history.',
  severity: 'CRITICAL',
  class: 'secret',
  confirmed: true,
  references: {
    nist: ['3.1.4', '4.1.4'],
    cis: ['4.10'],
    others: ['dockle CIS-DI-0010', 'trivy DS-0031', 'hadolint DL3064'],
  },
  remediation:
    'Revoke the secret and issue a new one. Give it to the container when it starts (`secrets` of an ECS task definition, Secrets Manager), rebuild without it, and delete the tags and digests that hold it.',
  examples: {
    good: [
      { title: 'no secrets', subject: exampleImage() },
      {
        title: 'where a secret is, instead of the secret',
        subject: exampleImage({
          config: { Env: ['DB_PASSWORD_FILE=/run/secrets/db', 'TOKEN_URL=https://id.example.com'] },
        }),
      },
      {
        title: 'a public key and a package pin',
        subject: exampleImage({
          config: { Env: ['GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568', 'LIBCRYPTO_KEY_VERSION=3.1.4-r1'] },
        }),
      },
      { title: 'a placeholder', subject: exampleImage({ config: { Env: ['API_KEY=changeme', 'AUTH_TOKEN='] } }) },
    ],
    bad: [
      {
        title: 'a token of a known form, under any name',
        subject: exampleImage({
          config: { Env: [`DEPLOY=${EXAMPLE_TOKEN}`] },
          steps: [appStep(`ENV DEPLOY=${EXAMPLE_TOKEN}`)],
        }),
      },
      {
        title: 'a password by its name',
        subject: exampleImage({ config: { Env: [`DB_PASSWORD=${EXAMPLE_PASSWORD}`] } }),
        severity: 'MEDIUM',
      },
      {
        title: 'a token that a later ENV emptied',
        subject: exampleImage({
          config: { Env: ['DEPLOY='] },
          steps: [appStep(`ENV DEPLOY=${EXAMPLE_TOKEN}`), appStep('ENV DEPLOY=', 3)],
        }),
      },
    ],
  },
  check: ({ config, steps }) => {
    const setBy = lastStepByName(steps, 'ENV');
    const current = environmentOf(config).flatMap(([name, value]) => {
      const proof = secretIn(name, value);
      return proof === undefined ? [] : [{ name, proof, evidence: configEvidence(told(name, proof), setBy.get(name)) }];
    });
    const named = new Set(current.map(({ name }) => name));
    const earlier = variablesOf(steps, 'ENV').flatMap(({ name, value, step }) => {
      const proof = named.has(name) ? undefined : secretIn(name, value);
      return proof === undefined
        ? []
        : [
            {
              name,
              proof,
              evidence: stepEvidence(step, `${told(name, proof)}; set again later, it stays in the history`),
            },
          ];
    });
    const found = [...current, ...earlier];
    const proven = found.filter(({ proof }) => proof === 'token');
    const evidence: readonly Evidence[] = [...proven, ...found.filter(({ proof }) => proof === 'name')].map(
      (secret) => secret.evidence,
    );
    return failOrPass(evidence, proven.length > 0 ? {} : { severity: 'MEDIUM', confirmed: false });
  },
};

const told = (name: string, proof: 'token' | 'name'): string =>
  proof === 'token' ? `ENV ${name} holds a credential of a known form` : `ENV ${name} looks like a secret`;
