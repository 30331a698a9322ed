/** IMG-032: instructions that wait for the next build. */
import { appStep, exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule } from './image-rule.ts';

export const onbuildTriggers: ImageRule = {
  id: 'IMG-032',
  title: 'The image runs commands in the builds of others',
  rationale:
    'ONBUILD instructions run in every build that starts from this image, where the author of that Dockerfile does not see them.',
  severity: 'LOW',
  class: 'supply-chain',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: [], others: ['hadolint DL3043'] },
  remediation: 'Remove the ONBUILD instructions; write what they do into the Dockerfiles that need it.',
  examples: {
    good: [{ title: 'no ONBUILD', subject: exampleImage() }],
    bad: [
      {
        title: 'ONBUILD COPY',
        subject: exampleImage({ config: { OnBuild: ['COPY . /srv'] }, steps: [appStep('ONBUILD COPY . /srv')] }),
      },
    ],
  },
  check: ({ config, steps }) =>
    failOrPass(
      config.config.OnBuild.map((trigger) => {
        // Its arguments may be secrets that only the whole instruction would give away as such.
        const [keyword = ''] = trigger.trim().split(/\s/, 1);
        return configEvidence(
          `ONBUILD ${keyword}`,
          steps.findLast((step) => step.keyword === 'ONBUILD' && step.text.endsWith(trigger)),
        );
      }),
    ),
};
