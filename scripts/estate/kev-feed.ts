/** CISA's list as it would be for an estate: its exploited vulnerabilities, among others that it has not. */
import { below, type Random } from './random.ts';
import { RANSOMWARE } from './shares.ts';
import type { EstateVulnerability } from './vulnerabilities.ts';

/** The real list had 1,404 entries in August 2025. */
const ENTRIES = 1_500;
const DAY_MS = 24 * 60 * 60 * 1000;

export const kevFeed = (random: Random, vulnerabilities: readonly EstateVulnerability[], released: Date): object => {
  const ours = vulnerabilities.flatMap(({ id, kev, package: found }) =>
    kev ? [entry(id, found.names.join(', '), kev.dateAdded, kev.ransomware)] : [],
  );
  const others = Array.from({ length: Math.max(0, ENTRIES - ours.length) }, (_, index) =>
    entry(
      `CVE-${2020 + below(random, 7)}-${8_000_001 + index}`,
      'Another product',
      new Date(released.getTime() - below(random, 1800) * DAY_MS).toISOString().slice(0, 10),
      random() < RANSOMWARE,
    ),
  );
  const listed = [...ours, ...others];
  return {
    title: 'CISA Catalog of Known Exploited Vulnerabilities, made up for an estate that exists nowhere',
    catalogVersion: released.toISOString().slice(0, 10).replaceAll('-', '.'),
    dateReleased: released.toISOString(),
    count: listed.length,
    vulnerabilities: listed,
  };
};

const entry = (cveID: string, product: string, dateAdded: string, ransomware: boolean): object => ({
  cveID,
  vendorProject: 'Made up',
  product,
  vulnerabilityName: `${product} vulnerability`,
  dateAdded,
  shortDescription: `A flaw in ${product}.`,
  requiredAction: 'Apply the vendor’s updates.',
  dueDate: new Date(Date.parse(dateAdded) + 21 * DAY_MS).toISOString().slice(0, 10),
  knownRansomwareCampaignUse: ransomware ? 'Known' : 'Unknown',
  notes: '',
  cwes: [],
});
