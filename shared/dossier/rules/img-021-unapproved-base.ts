/** IMG-021: a base image that is not on the user's list. */

import { isAllowed, isFromScratch, shownName } from './base-name.ts';
import { exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, notApplicable } from './image-rule.ts';

const LIST = ['docker.io/library/debian:*', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/base/*'];

export const unapprovedBase: ImageRule = {
  id: 'IMG-021',
  title: 'The base image is not an approved one',
  rationale:
    'Most of an image’s files come from its base. One that nobody looked at, or that nothing names, brings its flaws and whatever else its author put there.',
  severity: 'MEDIUM',
  class: 'supply-chain',
  confirmed: false,
  references: {
    nist: ['3.1.5', '4.1.5'],
    cis: ['4.2'],
    others: ['hadolint DL3026', 'Docker Scout: No unapproved base images'],
  },
  remediation:
    'Build from an approved base image, and say which with the labels org.opencontainers.image.base.name and .digest or with provenance (`--provenance=mode=max`). Add the base to the policy’s list if it is to be one.',
  examples: {
    good: [
      { title: 'no list', subject: exampleImage() },
      { title: 'a base on the list', subject: exampleImage({ allowedBases: LIST }) },
      {
        title: 'the same, by its short name',
        subject: exampleImage({ allowedBases: ['debian:*'] }),
      },
    ],
    bad: [
      {
        title: 'a base that is not on the list',
        subject: exampleImage({ allowedBases: ['docker.io/library/alpine:*'] }),
      },
      {
        title: 'a base that nothing names',
        subject: exampleImage({ allowedBases: LIST, supplyChain: { base: { evidence: 'none' } } }),
      },
    ],
  },
  check: ({ allowedBases, supplyChain: { base } }) => {
    if (allowedBases.length === 0) return notApplicable('the policy lists no base images');
    if (isFromScratch(base)) return notApplicable('the image has no base image');
    if (base.name === undefined)
      return failOrPass([{ text: 'nothing says which base image it was built from', origin: 'app' }]);
    return failOrPass(
      isAllowed(base.name, allowedBases)
        ? []
        : [{ text: `${shownName(base.name)} is not on the list of base images`, origin: 'app' }],
      { confirmed: base.evidence === 'provenance' },
    );
  },
};
