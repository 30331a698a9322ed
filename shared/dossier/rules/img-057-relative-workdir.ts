/** IMG-057: a working directory that depends on another. */
import { exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule } from './image-rule.ts';

export const relativeWorkdir: ImageRule = {
  id: 'IMG-057',
  title: 'The working directory is relative',
  rationale: 'Where the program starts depends on what the base image or the runtime puts before it.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: true,
  references: { nist: [], cis: [], others: ['trivy DS-0009', 'hadolint DL3000'] },
  remediation: 'Write the whole path: `WORKDIR /srv`.',
  examples: {
    good: [
      { title: 'a whole path', subject: exampleImage() },
      { title: 'none', subject: exampleImage({ config: { WorkingDir: '' } }) },
      { title: 'a path of Windows', subject: exampleImage({ config: { WorkingDir: 'C:\\app' } }) },
    ],
    bad: [{ title: 'a name', subject: exampleImage({ config: { WorkingDir: 'app' } }) }],
  },
  check: ({ config, steps }) => {
    const path = config.config.WorkingDir;
    const isAbsolute = path === '' || /^(?:[/\\]|[A-Za-z]:)/.test(path);
    const step = steps.findLast(({ keyword }) => keyword === 'WORKDIR');
    return failOrPass(isAbsolute ? [] : [configEvidence(`WORKDIR ${path}`, step)]);
  },
};
