/** IMG-020: a name that means another image tomorrow. */
import { known } from '../../base/known.ts';
import { exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, notApplicable, PASS, unknownBecause } from './image-rule.ts';

export const movableTag: ImageRule = {
  id: 'IMG-020',
  title: 'The image is tagged latest, and the tag can be moved',
  rationale:
    'What runs under `latest` depends on when it was pulled: nobody can say which image that was, and whoever may push replaces what the next task starts.',
  severity: 'MEDIUM',
  class: 'supply-chain',
  confirmed: true,
  references: {
    nist: ['3.2.2', '4.2.2'],
    cis: ['5.28'],
    others: [
      'dockle DKL-DI-0006',
      'trivy DS-0001',
      'hadolint DL3006',
      'hadolint DL3007',
      'OpenSSF Scorecard Pinned-Dependencies',
    ],
  },
  remediation:
    'Tag each build with a version or a commit, turn on tag immutability for the repository, and name images by digest in task definitions and pods.',
  examples: {
    good: [
      { title: 'a version', subject: exampleImage() },
      { title: 'a version that could be moved', subject: exampleImage({ tagMutability: known('MUTABLE') }) },
      { title: 'a latest that stays', subject: exampleImage({ tag: 'latest' }) },
    ],
    bad: [{ title: 'a latest that moves', subject: exampleImage({ tag: 'latest', tagMutability: known('MUTABLE') }) }],
  },
  check: ({ tag, tagMutability }) => {
    if (tag === undefined) return notApplicable('the image has no tag, only its digest');
    if (tag !== 'latest') return PASS;
    if (!tagMutability.known) return unknownBecause(tagMutability.reason);
    return failOrPass(
      tagMutability.value === 'MUTABLE'
        ? [{ text: 'the tag is latest, and the repository lets tags be moved', origin: 'app' }]
        : [],
    );
  },
};
