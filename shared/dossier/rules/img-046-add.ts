/** IMG-046: ADD where COPY does. */
import type { Evidence } from '../../rules/rule.ts';
import type { BuildStep, InspectedImage } from '../inspected-image.ts';
import { quotedEvidence } from './command-evidence.ts';
import { copiedBy } from './copied-sources.ts';
import { appStep, exampleImage } from './example-image.ts';
import { failOrPassBySteps, type ImageRule, unknownBecause } from './image-rule.ts';

const example = (title: string, text: string) => ({ title, subject: exampleImage({ steps: [appStep(text)] }) });
const inBase = (text: string) => ({ ...appStep(text, 0), origin: 'base' as const });

export const addInsteadOfCopy: ImageRule = {
  id: 'IMG-046',
  title: 'ADD copies where COPY would',
  rationale:
    'ADD unpacks archives and downloads addresses without being asked to: what a file’s name or content is decides what the instruction does.',
  severity: 'LOW',
  class: 'hygiene',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: ['4.9'], others: ['dockle CIS-DI-0009', 'trivy DS-0005', 'hadolint DL3020'] },
  remediation: 'Write COPY; keep ADD for archives that it is to unpack, and for addresses with `--checksum`.',
  examples: {
    good: [
      example('COPY', 'COPY app.jar /srv/'),
      example('an archive', 'ADD --chown=1:1 rootfs.tar.xz /'),
      example('an address, of which IMG-044 speaks', 'ADD https://example.com/tool /usr/local/bin/'),
      example('a repository', 'ADD git@github.com:example/app.git /src'),
      {
        title: 'the base image’s own ADD',
        subject: exampleImage({ steps: [inBase('ADD <file> /'), inBase('ADD ubi8.repo /etc/yum.repos.d/')] }),
      },
    ],
    bad: [
      example('a file', 'ADD app.jar /srv/app.jar'),
      example('a directory in the exec form', 'ADD ["some files", "/srv/"]'),
      example('a directory, as the classic builder keeps it', 'ADD <dir> /srv'),
      example('a file that is no archive where it ends', 'ADD <file> /srv/app.jar'),
    ],
  },
  check: (image) => {
    const added = image.steps.filter(({ keyword, origin }) => keyword === 'ADD' && origin !== 'base');
    const found = added.flatMap((step) => plainSources(step));
    const certain = found.filter(({ origin }) => origin === 'app');
    if (certain.length > 0 || image.historyGap !== undefined) return failOrPassBySteps(image, certain);
    if (found.length > 0) return unknownBecause('nothing tells the base image’s instructions from the others');
    if (hidesSource(image, added)) return unknownBecause('history does not say what ADD copied');
    return failOrPassBySteps(image, []);
  },
};

const ARCHIVE = /\.(?:tar|tar\.\w{1,5}|t[bglpx]z2?|tzst|gz|bz2|xz|lz|lzma|zst|Z)$/i;
const ADDRESS = /^(?:https?|git|ssh|ftp):\/\/|^git@/i;
/** The classic builder keeps what kind of thing it was and not its name. */
const NAMELESS = /^<(?:file|multi)>$/;
const FILE_NAME = /\/[^/]*\.\w+$/;

const plainSources = (step: BuildStep): readonly Evidence[] => {
  const { sources, destination } = copiedBy(step);
  const isPlain = (source: string): boolean =>
    NAMELESS.test(source)
      ? FILE_NAME.test(destination) && !ARCHIVE.test(destination)
      : !ARCHIVE.test(source) && !ADDRESS.test(source) && !source.includes('$');
  return quotedEvidence(
    step,
    sources.filter(isPlain).map((source) => ({ parts: ['ADD', source, destination], between: ' ' })),
  );
};

/** A root file system that the image begins with is no question. */
const hidesSource = ({ steps }: InspectedImage, added: readonly BuildStep[]): boolean =>
  added.some((step) => {
    const { sources, destination } = copiedBy(step);
    const isRootfs = destination === '/' && step === steps[0];
    return !isRootfs && sources.some((source) => NAMELESS.test(source) || source.includes('$'));
  });
