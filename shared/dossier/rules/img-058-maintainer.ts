/** IMG-058: an instruction that builders are giving up. */

import { quotedEvidence } from './command-evidence.ts';
import { appStep, exampleImage } from './example-image.ts';
import { failOrPassBySteps, type ImageRule, PASS } from './image-rule.ts';

export const maintainer: ImageRule = {
  id: 'IMG-058',
  title: 'MAINTAINER is used',
  rationale: 'The instruction is deprecated, and what it says is not where tools look for it.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: true,
  references: { nist: [], cis: [], others: ['trivy DS-0022', 'hadolint DL4000'] },
  remediation: 'Write `LABEL org.opencontainers.image.authors="team@example.com"`.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      { title: 'an author that another builder wrote', subject: exampleImage({ imageConfig: { author: 'example' } }) },
    ],
    bad: [
      {
        title: 'the instruction',
        subject: exampleImage({
          imageConfig: { author: 'team@example.com' },
          steps: [appStep('MAINTAINER team@example.com')],
        }),
      },
    ],
  },
  check: (image) => {
    const found = image.steps.filter(({ keyword }) => keyword === 'MAINTAINER');
    // Whoever wrote the instruction is the author: without one, a gap in history hides none.
    if (found.length === 0 && image.config.author === undefined) return PASS;
    return failOrPassBySteps(
      image,
      found.flatMap((step) => quotedEvidence(step, [{ parts: [step.text], between: '' }])),
    );
  },
};
