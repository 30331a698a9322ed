/** IMG-022: a base image that has been replaced since. */
import { known } from '../../base/known.ts';
import { isFromScratch, shownName } from './base-name.ts';
import { exampleDigest, exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, notApplicable, unknownBecause } from './image-rule.ts';

export const outdatedBase: ImageRule = {
  id: 'IMG-022',
  title: 'The base image has been replaced by a newer one',
  rationale:
    'The tag of the base image names another digest now, usually with corrected packages. This image keeps the old ones until it is built again.',
  severity: 'MEDIUM',
  class: 'supply-chain',
  confirmed: true,
  references: {
    nist: ['3.1.1', '3.2.2', '4.1.1', '4.2.2'],
    cis: ['4.4'],
    others: ['Docker Scout: No outdated base images'],
  },
  remediation: 'Build the image again with `--pull`, and let the pipeline do so whenever its base image changes.',
  examples: {
    good: [{ title: 'the digest that the tag names now', subject: exampleImage() }],
    bad: [
      {
        title: 'another digest behind the same tag',
        subject: exampleImage({ supplyChain: { currentBase: known(exampleDigest(7)) } }),
      },
    ],
  },
  check: ({ supplyChain: { base, currentBase } }) => {
    if (isFromScratch(base)) return notApplicable('the image has no base image');
    if (base.digest === undefined) return unknownBecause('the digest of the base image is not known');
    if (!currentBase.known) return unknownBecause(currentBase.reason);
    const text = `built from ${base.name === undefined ? 'a base image' : shownName(base.name)} as ${short(base.digest)}, which is ${short(currentBase.value)} now`;
    return failOrPass(currentBase.value === base.digest ? [] : [{ text, origin: 'app' }]);
  },
};

const short = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);
