/** IMG-023: a distribution that gets no more fixes. */
import { endOfLife } from '../distribution-eol.ts';
import { exampleImage, IN_BASE } from './example-image.ts';
import { failOrPass, type ImageRule, notApplicable, PASS, systemEvidence, unknownBecause } from './image-rule.ts';

const release = (ID: string, VERSION_ID: string, today = '2026-11-20') =>
  exampleImage({
    tree: {
      system: { osRelease: { path: 'etc/os-release', fields: { ID, VERSION_ID } } },
      systemPlaces: { osRelease: IN_BASE },
    },
    today,
  });

export const endOfLifeDistribution: ImageRule = {
  id: 'IMG-023',
  title: 'The distribution gets no more security fixes',
  rationale:
    'New vulnerabilities of its packages stay open for good, and scanners soon say nothing about them, because the distribution publishes no more advisories.',
  severity: 'HIGH',
  class: 'supply-chain',
  confirmed: true,
  references: { nist: ['3.1.1', '4.1.1'], cis: ['4.4'], others: [] },
  remediation: 'Build from a release that is supported, and note its end of support where the team plans.',
  examples: {
    good: [
      { title: 'a supported release', subject: release('debian', '12') },
      { title: 'a release on its last days', subject: release('debian', '11', '2026-08-31') },
    ],
    bad: [
      { title: 'a release whose support has ended', subject: release('debian', '10') },
      { title: 'a release on the day after its end', subject: release('debian', '11', '2026-09-01') },
    ],
  },
  check: (image) => {
    const { tree, today } = image;
    const { osRelease } = tree.system;
    if (osRelease === undefined)
      return tree.incomplete === undefined
        ? notApplicable('the image has no distribution: there is no os-release')
        : unknownBecause(tree.incomplete);
    const support = endOfLife(osRelease.fields, today);
    if (!support.known) return unknownBecause(support.reason);
    if (support.value.state !== 'ended') return PASS;
    const { name, end, paid } = support.value;
    const text = `${name} got its last fixes on ${end}${paid ? `; customers of ${paid.offer} get them until ${paid.until}` : ''}`;
    return failOrPass([systemEvidence(image, 'osRelease', osRelease.path, text)]);
  },
};
