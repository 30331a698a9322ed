/** IMG-025: an image that nobody vouches for. */
import { exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, notApplicable, PASS, unknownBecause } from './image-rule.ts';

const { registry: _, ...notPushed } = exampleImage({ signatureExpected: true, supplyChain: { signature: 'absent' } });

export const notSigned: ImageRule = {
  id: 'IMG-025',
  title: 'The image has no valid signature',
  rationale:
    'Without a signature that was checked, nothing tells an image of your pipeline from one that somebody else pushed with stolen credentials.',
  severity: 'MEDIUM',
  class: 'supply-chain',
  confirmed: true,
  references: { nist: ['3.1.5', '4.1.5'], cis: ['4.5', '4.12'], others: [] },
  remediation:
    'Sign every push with cosign in the pipeline, name the public keys in the policy, and let the platform verify before it starts a container. What ECR managed signing makes is a signature of Notation: it is recognised, and not verified yet.',
  examples: {
    good: [
      { title: 'verified', subject: exampleImage() },
      { title: 'none yet: it is not pushed', subject: notPushed },
    ],
    bad: [
      { title: 'none', subject: exampleImage({ supplyChain: { signature: 'absent' } }) },
      {
        title: 'none, though the policy names keys',
        subject: exampleImage({ signatureExpected: true, supplyChain: { signature: 'absent' } }),
        severity: 'HIGH',
      },
      {
        title: 'one that none of the policy’s keys made',
        subject: exampleImage({
          signatureExpected: true,
          supplyChain: { signature: 'present, not verified', signatureVerifiable: true },
        }),
        severity: 'HIGH',
      },
    ],
  },
  check: ({ registry, supplyChain, signatureExpected }) => {
    const { signature, signatureDetail, signatureVerifiable = false } = supplyChain;
    switch (signature) {
      case 'verified':
        return PASS;
      case 'unknown':
        return unknownBecause(signatureDetail ?? 'the signatures of the image could not be read');
      case 'present, not verified':
        if (!signatureExpected) return unknownBecause('the policy names no key to verify the signature with');
        return signatureVerifiable
          ? failOrPass([{ text: signatureDetail ?? 'its signature could not be verified', origin: 'app' }], HIGH)
          : unknownBecause(signatureDetail ?? 'no key of the policy can verify the signature');
      case 'absent':
        if (registry === undefined) return notApplicable('the image is in no registry, and is signed in one');
        return failOrPass([{ text: 'the image is not signed', origin: 'app' }], signatureExpected ? HIGH : {});
    }
  },
};

const HIGH = { severity: 'HIGH' } as const;
