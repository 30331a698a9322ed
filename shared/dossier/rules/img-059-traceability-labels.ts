/** IMG-059: nothing leads from the image back to its source. */
import type { Evidence } from '../../rules/rule.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { appStep, exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule } from './image-rule.ts';
import { lastStepByName } from './step-variables.ts';

const LABELS = [
  'org.opencontainers.image.source',
  'org.opencontainers.image.revision',
  'org.opencontainers.image.created',
] as const;
const ALL: Readonly<Record<string, string>> = {
  'org.opencontainers.image.source': 'https://github.com/example/shop',
  'org.opencontainers.image.revision': 'a1b2c3d4',
  'org.opencontainers.image.created': '2026-11-01T00:00:00Z',
};
const BASE_LABEL = {
  ...appStep('LABEL org.opencontainers.image.source=https://github.com/example/base', 0),
  origin: 'base' as const,
};

export const traceabilityLabels: ImageRule = {
  id: 'IMG-059',
  title: 'The image does not say where it comes from',
  rationale: 'Whoever has to mend it must first find out which repository and which commit it was built from.',
  severity: 'INFO',
  class: 'supply-chain',
  confirmed: true,
  references: { nist: ['4.1.5'], cis: [], others: ['hadolint DL3048', 'hadolint DL3049'] },
  remediation:
    'Set the labels `org.opencontainers.image.source`, `.revision` and `.created` in the build; docker/metadata-action and `--label` do.',
  examples: {
    good: [
      { title: 'all three labels', subject: exampleImage({ config: { Labels: ALL } }) },
      { title: 'as annotations of the manifest', subject: exampleImage({ manifest: { annotations: ALL } }) },
    ],
    bad: [
      { title: 'none', subject: exampleImage({ config: { Labels: {} } }) },
      {
        title: 'one of them empty',
        subject: exampleImage({ config: { Labels: { ...ALL, 'org.opencontainers.image.revision': '' } } }),
      },
      {
        title: 'the base image’s source and not its own',
        subject: exampleImage({ config: { Labels: ALL }, steps: [BASE_LABEL] }),
      },
    ],
  },
  check: (image) => {
    const setBy = lastStepByName(image.steps, 'LABEL');
    return failOrPass(LABELS.flatMap((label) => missing(image, label, setBy.get(label)?.origin === 'base')));
  },
};

/** Labels are inherited: the base image's lead to its own repository. */
const missing = ({ config, manifest }: InspectedImage, label: string, isInherited: boolean): readonly Evidence[] => {
  if (manifest.annotations[label]) return [];
  if (!config.config.Labels[label]) return [{ text: `no label ${label}`, origin: 'app' }];
  return isInherited ? [{ text: `the label ${label} is the base image’s`, origin: 'app' }] : [];
};
