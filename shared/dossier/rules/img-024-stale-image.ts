/** IMG-024: an image that has run for long without being built again. */
import { known } from '../../base/known.ts';
import { exampleImage } from './example-image.ts';
import { failOrPass, type ImageRule, PASS, unknownBecause } from './image-rule.ts';

const MAX_DAYS = 90;
const DAY = 86_400_000;
/** Docker's first release: what claims to be older was given a fixed date, so that its build is reproducible. */
const FIRST_IMAGES = Date.parse('2013-03-01');

export const staleImage: ImageRule = {
  id: 'IMG-024',
  title: `The image is in use and older than ${MAX_DAYS} days`,
  rationale:
    'The packages in an image are as old as its build. What has run for months lacks the corrections of months, also those that no scanner knows of yet.',
  severity: 'LOW',
  class: 'supply-chain',
  confirmed: false,
  references: { nist: ['3.2.2', '4.2.2'], cis: ['4.4'], others: [] },
  remediation:
    'Build and deploy it again on a schedule; let a lifecycle policy of the repository remove what is old and unused.',
  examples: {
    good: [
      { title: 'built last month', subject: exampleImage({ inUse: known(true) }) },
      {
        title: 'old, but not in use',
        subject: exampleImage({ inUse: known(false), imageConfig: { created: '2025-01-01T00:00:00Z' } }),
      },
    ],
    bad: [
      {
        title: 'almost two years old',
        subject: exampleImage({ inUse: known(true), imageConfig: { created: '2025-01-01T00:00:00Z' } }),
      },
    ],
  },
  check: ({ config, inUse, today }) => {
    if (inUse.known && !inUse.value) return PASS;
    const created = Date.parse(config.created ?? '');
    if (Number.isNaN(created) || created < FIRST_IMAGES)
      return unknownBecause('the image does not say when it was built');
    const days = Math.floor((Date.parse(today) - created) / DAY);
    if (days <= MAX_DAYS) return PASS;
    if (!inUse.known) return unknownBecause(inUse.reason);
    return failOrPass([{ text: `built ${days} days ago`, origin: 'app' }]);
  },
};
