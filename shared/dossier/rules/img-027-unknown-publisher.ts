/** IMG-027: a base image of a publisher that nobody vetted. */
import { fullImageName } from '../../dockerfile/image-name.ts';
import { isAllowed, isFromScratch, shownName } from './base-name.ts';
import { exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, notApplicable, unknownBecause } from './image-rule.ts';
import { ecrAccount, TRUSTED_PUBLISHERS } from './trusted-publishers.ts';

const from = (name: string) => exampleImage({ supplyChain: { base: { name, evidence: 'labels' } } });

export const unknownPublisher: ImageRule = {
  id: 'IMG-027',
  title: 'The base image is not from a trusted publisher',
  rationale:
    'Anybody may push to a public registry under a name that sounds right. Curated publishers vet who may push, and rebuild their images when packages change.',
  severity: 'LOW',
  class: 'supply-chain',
  confirmed: false,
  references: { nist: ['3.1.5', '4.1.5'], cis: ['4.2'], others: ['Docker Verified Publisher'] },
  remediation:
    'Build from an official or verified image, or keep a reviewed copy in your own registry and build from that. A base that you trust goes on the policy’s list.',
  examples: {
    good: [
      { title: 'an official image', subject: from('docker.io/library/debian:12-slim') },
      { title: 'the same by its short name', subject: from('debian:12-slim') },
      { title: 'an image of the own registry', subject: from('111122223333.dkr.ecr.eu-west-1.amazonaws.com/base:1') },
      { title: 'distroless', subject: from('gcr.io/distroless/static:nonroot') },
    ],
    bad: [
      { title: 'somebody’s image on Docker Hub', subject: from('somebody/debian:12') },
      { title: 'another account’s registry', subject: from('999988887777.dkr.ecr.eu-west-1.amazonaws.com/base:1') },
    ],
  },
  check: ({ registry, allowedBases, supplyChain: { base } }) => {
    if (isFromScratch(base)) return notApplicable('the image has no base image');
    if (base.name === undefined) return unknownBecause('nothing says which base image it was built from');
    const name = fullImageName(base.name) ?? base.name;
    const isTrusted =
      TRUSTED_PUBLISHERS.some((start) => name.startsWith(start)) ||
      isAllowed(base.name, allowedBases) ||
      isOwnRegistry(name.slice(0, name.indexOf('/')), registry);
    return failOrPass(isTrusted ? [] : [{ text: `the base image is ${shownName(base.name)}`, origin: 'app' }]);
  },
};

/** The same registry, or the same account's in another Region. */
const isOwnRegistry = (host: string, own: string | undefined): boolean => {
  if (own === undefined) return false;
  const account = ecrAccount(own);
  return host === own || (account !== undefined && ecrAccount(host) === account);
};
