/** IMG-049: package managers' caches that were shipped along. */
import type { Evidence } from '../../rules/rule.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { offendingCommands } from './command-evidence.ts';
import { APP_LAYER, appStep, exampleImage, IN_APP, IN_BASE } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule, isPresent } from './image-rule.ts';
import { installationOf } from './package-managers.ts';
import type { ShellCommand } from './shell-command.ts';

const LISTS = {
  kind: 'package-cache',
  path: 'var/lib/apt/lists',
  detail: '9 files',
  mode: 0o755,
  uid: 0,
  gid: 0,
  size: 20_000_000,
} as const;
const CUT = { incomplete: 'one layer was not read to its end' } as const;

export const packageCache: ImageRule = {
  id: 'IMG-049',
  title: 'Package caches are left in the image',
  rationale:
    'They are pulled with every start and used by no one; what a later instruction deletes is still stored below it.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: true,
  references: {
    nist: ['4.1.2'],
    cis: [],
    others: [
      ...[
        'dockle DKL-DI-0004',
        'dockle DKL-DI-0005',
        'trivy DS-0015',
        'trivy DS-0019',
        'trivy DS-0020',
        'trivy DS-0025',
      ],
      ...[
        'trivy DS-0027',
        'hadolint DL3009',
        'hadolint DL3019',
        'hadolint DL3032',
        'hadolint DL3036',
        'hadolint DL3040',
      ],
      ...['hadolint DL3042', 'hadolint DL3060'],
    ],
  },
  remediation:
    'Clean up in the same RUN (`rm -rf /var/lib/apt/lists/*`, `apk add --no-cache`, `pip install --no-cache-dir`), or keep the cache outside with `--mount=type=cache`.',
  examples: {
    good: [
      { title: 'no cache in any layer', subject: exampleImage() },
      {
        title: 'pip with its cache, where the layers show that it left none',
        subject: exampleImage({ steps: [appStep('RUN pip install flask==3.1.0')] }),
      },
    ],
    bad: [
      { title: 'lists of apt', subject: exampleImage({ tree: { notable: [{ ...LISTS, ...IN_BASE }] } }) },
      {
        title: 'deleted by a later layer, and so still below it',
        subject: exampleImage({ tree: { notable: [{ ...LISTS, ...IN_BASE, deletedBy: APP_LAYER }] } }),
      },
      {
        title: 'pip with its cache, where the layers were not read',
        subject: exampleImage({ steps: [appStep('RUN pip install flask==3.1.0')], tree: CUT }),
      },
      {
        title: 'a cache of the app’s own layer',
        subject: exampleImage({ tree: { notable: [{ ...LISTS, ...IN_APP }] } }),
      },
    ],
  },
  check: (image) =>
    failOrPassByFiles(image, [...caches(image), ...(image.tree.incomplete === undefined ? [] : pips(image))]),
};

const caches = ({ tree }: InspectedImage): readonly Evidence[] =>
  tree.notable
    .filter(({ kind }) => kind === 'package-cache')
    .map((file) => {
      const about = [
        file.detail,
        `${Math.ceil(file.size / 1_000)} kB`,
        isPresent(file) ? '' : 'deleted by a later layer',
      ];
      return fileEvidence(file, file.path, `${file.path} (${about.filter(Boolean).join(', ')})`);
    });

/** The files say better what is left; the instruction says it where they could not be read. */
const pips = ({ steps, config }: InspectedImage): readonly Evidence[] =>
  config.config.Env.some((variable) => NO_CACHE.test(variable))
    ? []
    : offendingCommands(
        steps.filter(({ text, written = text }) => !written.includes('--mount=type=cache')),
        keepsCache,
      );

const NO_CACHE = /^PIP_NO_CACHE_DIR=./;

const keepsCache = (command: ShellCommand): boolean => {
  const installation = installationOf(command);
  return (
    installation?.manager === 'pip' &&
    !installation.options.includes('--no-cache-dir') &&
    !command.words.some((word) => NO_CACHE.test(word))
  );
};
