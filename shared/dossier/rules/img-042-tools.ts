/** IMG-042: what an intruder would otherwise have to bring along. */
import type { NotableFile } from '../../layer/layer-report.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { exampleImage, IN_APP, IN_BASE } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule, isPresent } from './image-rule.ts';
import { commandsOfArguments } from './shell-commands.ts';

const tool = (path: string, detail: string) =>
  ({ kind: 'tool', path, detail, mode: 0o755, uid: 0, gid: 0, size: 100_000 }) as const;

/** What matters most first. */
const ORDER = ['network', 'compiler', 'download', 'package manager', 'interpreter', 'shell'];

export const tools: ImageRule = {
  id: 'IMG-042',
  title: 'The image brings tools that it need not have',
  rationale:
    'A shell, a package manager, a compiler or a network tool is what an intruder uses next; a service seldom needs one to run.',
  severity: 'INFO',
  class: 'surface',
  confirmed: true,
  references: { nist: ['3.1.2', '4.1.2'], cis: ['4.3'], others: [] },
  remediation:
    'Build in one stage and copy the result into another whose base has no more than it needs (distroless, scratch); leave compilers and network tools in the first.',
  examples: {
    good: [
      { title: 'no tools', subject: exampleImage() },
      {
        title: 'the interpreter of the program that it starts',
        subject: exampleImage({
          config: { Entrypoint: ['/usr/bin/python3', 'app.py'] },
          tree: { notable: [{ ...tool('usr/bin/python3.11', 'interpreter'), ...IN_BASE }] },
        }),
      },
      {
        title: 'the interpreter that the image is made for',
        subject: exampleImage({
          config: { Env: ['NODE_VERSION=24.1.0'] },
          tree: { notable: [{ ...tool('usr/local/bin/node', 'interpreter'), ...IN_BASE }] },
        }),
      },
    ],
    bad: [
      {
        title: 'a shell',
        subject: exampleImage({ tree: { notable: [{ ...tool('bin/sh', 'shell'), ...IN_BASE }] } }),
      },
      {
        title: 'a compiler',
        subject: exampleImage({ tree: { notable: [{ ...tool('usr/bin/gcc', 'compiler'), ...IN_APP }] } }),
        severity: 'LOW',
      },
      {
        title: 'netcat',
        subject: exampleImage({ tree: { notable: [{ ...tool('usr/bin/nc', 'network'), ...IN_APP }] } }),
        severity: 'LOW',
      },
      {
        title: 'Python in an image of something else',
        subject: exampleImage({ tree: { notable: [{ ...tool('usr/bin/python3', 'interpreter'), ...IN_BASE }] } }),
      },
    ],
  },
  check: (image) => {
    const ours = ownInterpreters(image);
    const found = image.tree.notable
      .filter((file) => file.kind === 'tool' && isPresent(file) && !isItsInterpreter(file, image, ours))
      .sort((left, right) => rank(left) - rank(right));
    const isWorse = found.some(({ detail }) => detail === 'network' || detail === 'compiler');
    return failOrPassByFiles(
      image,
      found.map((file) => fileEvidence(file, file.path, file.detail ? `${file.path} (${file.detail})` : file.path)),
      isWorse ? { severity: 'LOW' } : {},
    );
  },
};

const rank = ({ detail }: NotableFile): number => ORDER.indexOf(detail ?? '');

/** It starts its program with it, or the image says its version, as the official images of languages do. */
const isItsInterpreter = (
  { path, detail }: NotableFile,
  { config: { config } }: InspectedImage,
  ours: ReadonlySet<string>,
): boolean => {
  if (detail !== 'interpreter') return false;
  const family = familyOf(path.slice(path.lastIndexOf('/') + 1));
  return ours.has(family) || config.Env.some((variable) => variable.startsWith(`${family.toUpperCase()}_VERSION=`));
};

const ownInterpreters = ({ config: { config } }: InspectedImage): ReadonlySet<string> =>
  new Set(
    [config.Entrypoint, config.Cmd].flatMap((args) =>
      commandsOfArguments(args).map(({ program }) => familyOf(program)),
    ),
  );

/** `python3.11` → `python`. */
const familyOf = (program: string): string => program.replace(/[\d.-]+$/, '');
