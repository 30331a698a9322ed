/** IMG-026: an image that does not say what is in it, or how it was built. */
import { known } from '../../base/known.ts';
import type { Evidence } from '../../rules/rule.ts';
import { exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, notApplicable, unknownBecause } from './image-rule.ts';

const NEITHER = { sbom: known(false), provenance: known(false) } as const;
const { registry: _, ...notPushed } = exampleImage({ supplyChain: NEITHER });

export const noAttestations: ImageRule = {
  id: 'IMG-026',
  title: 'The image has no SBOM or no provenance',
  rationale:
    'When the next flaw of a library is known, an SBOM answers whether it is in here; provenance says which source and which builder made the image.',
  severity: 'LOW',
  class: 'supply-chain',
  confirmed: true,
  references: { nist: ['4.1.5'], cis: [], others: ['Docker Scout: Supply chain attestations'] },
  remediation:
    'Build with `docker buildx build --sbom=true --provenance=mode=max --push`, or attach both as referrers.',
  examples: {
    good: [
      { title: 'both', subject: exampleImage() },
      { title: 'neither yet: it is not pushed', subject: notPushed },
    ],
    bad: [
      { title: 'neither', subject: exampleImage({ supplyChain: NEITHER }) },
      { title: 'no SBOM', subject: exampleImage({ supplyChain: { sbom: known(false) } }) },
    ],
  },
  check: ({ registry, supplyChain: { sbom, provenance } }) => {
    const evidence: readonly Evidence[] = [
      ...(sbom.known && !sbom.value ? [{ text: 'no SBOM', origin: 'app' } as const] : []),
      ...(provenance.known && !provenance.value ? [{ text: 'no provenance', origin: 'app' } as const] : []),
    ];
    // A build that attaches one of them could have attached both.
    if (registry === undefined && evidence.length === 2)
      return notApplicable('the image is in no registry, where both can still be attached');
    const unread = [sbom, provenance].find((one) => !one.known);
    return evidence.length === 0 && unread?.known === false ? unknownBecause(unread.reason) : failOrPass(evidence);
  },
};
