/** CISA's list for tests, written by hand. */
import type { KevList } from '../../../shared/evidence/kev-list.ts';

export const KEV_LIST: KevList = {
  version: '2026.03.01',
  loadedAt: '2026-03-01T06:00:00.000Z',
  entries: new Map([
    ['CVE-2021-44228', { dateAdded: '2021-12-10', ransomware: true }],
    ['CVE-2024-1086', { dateAdded: '2024-05-30', ransomware: false }],
    ['CVE-2021-40438', { dateAdded: '2021-12-10', ransomware: false }],
  ]),
};

/** `count` entries of no vulnerability that exists. */
export const listOf = (count: number): KevList => ({
  version: '2026.03.01',
  loadedAt: '2026-03-01T06:00:00.000Z',
  entries: new Map(
    Array.from({ length: count }, (_, index) => [
      `CVE-1999-${10_000 + index}`,
      {
        dateAdded: new Date(Date.UTC(2000, 0, 1 + (index % 1000))).toISOString().slice(0, 10),
        ransomware: index % 5 === 0,
      },
    ]),
  ),
});

/** The feed as CISA publishes it. */
export const feedOf = (vulnerabilities: readonly object[], change: object = {}): string =>
  JSON.stringify({
    title: 'A catalogue',
    catalogVersion: '2026.03.01',
    dateReleased: '2026-03-01T15:00:00.0000Z',
    count: vulnerabilities.length,
    vulnerabilities,
    ...change,
  });

export const LOG4J = {
  cveID: 'CVE-2021-44228',
  vendorProject: 'Apache',
  product: 'Log4j2',
  vulnerabilityName: 'A name',
  dateAdded: '2021-12-10',
  shortDescription: 'A description.',
  requiredAction: 'An action.',
  dueDate: '2021-12-24',
  knownRansomwareCampaignUse: 'Known',
  notes: '',
  cwes: ['CWE-502'],
};
