/** IMG-055: nothing says whether the service is well. */
import { exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, notApplicable, PASS } from './image-rule.ts';

export const healthcheck: ImageRule = {
  id: 'IMG-055',
  title: 'The image has no health check',
  rationale: 'A process that hangs is not one that ended: without a check it goes on receiving requests.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: true,
  references: {
    nist: ['4.1.2'],
    cis: ['4.6'],
    others: ['dockle CIS-DI-0006', 'trivy DS-0026', 'hadolint DL3057'],
  },
  remediation:
    'ECS and Kubernetes do not read the image’s check: set `healthCheck` in the task definition, or probes in the pod. HEALTHCHECK is for Docker alone.',
  examples: {
    good: [
      { title: 'a check', subject: exampleImage({ config: { Healthcheck: ['CMD', '/srv/app', 'health'] } }) },
      {
        title: 'a function for Lambda, which takes none',
        subject: exampleImage({ config: { Env: ['LAMBDA_TASK_ROOT=/var/task'] } }),
      },
    ],
    bad: [
      { title: 'none', subject: exampleImage({ config: { Healthcheck: [] } }) },
      { title: 'the base image’s switched off', subject: exampleImage({ config: { Healthcheck: ['NONE'] } }) },
    ],
  },
  // The config alone: builders write the instruction into history in ways that are not recognised.
  check: ({ config: { config } }) => {
    if (config.Env.some((variable) => variable.startsWith('LAMBDA_TASK_ROOT=')))
      return notApplicable('Lambda takes no health check');
    const [kind] = config.Healthcheck ?? [];
    if (kind !== undefined && kind !== 'NONE') return PASS;
    return failOrPass([{ text: kind === 'NONE' ? 'HEALTHCHECK NONE' : 'no health check is set', origin: 'app' }]);
  },
};
