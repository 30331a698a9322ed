/** A few entries of CISA's catalogue of known exploited vulnerabilities, in its form. One is about the sample image. */

interface Entry {
  readonly cve: string;
  readonly vendor: string;
  readonly product: string;
  readonly name: string;
  /** The days are those of the catalogue. */
  readonly added: string;
  readonly due: string;
  readonly ransomware: boolean;
  readonly cwes: readonly string[];
}

const ENTRIES: readonly Entry[] = [
  {
    cve: 'CVE-2021-44228',
    vendor: 'Apache',
    product: 'Log4j2',
    name: 'Log4Shell: lookups in logged text load code from elsewhere',
    added: '2021-12-10',
    due: '2021-12-24',
    ransomware: true,
    cwes: ['CWE-20', 'CWE-400', 'CWE-502'],
  },
  {
    cve: 'CVE-2014-6271',
    vendor: 'GNU',
    product: 'Bash',
    name: 'Shellshock: text after a function in an environment variable is run',
    added: '2022-01-28',
    due: '2022-07-28',
    ransomware: false,
    cwes: ['CWE-78'],
  },
  {
    cve: 'CVE-2023-44487',
    vendor: 'IETF',
    product: 'HTTP/2',
    name: 'Rapid Reset: streams that are cancelled at once exhaust a server',
    added: '2023-10-10',
    due: '2023-10-31',
    ransomware: false,
    cwes: ['CWE-400'],
  },
  {
    cve: 'CVE-2023-4911',
    vendor: 'GNU',
    product: 'GNU C Library',
    name: 'Looney Tunables: GLIBC_TUNABLES overflows a buffer of the dynamic loader',
    added: '2023-11-21',
    due: '2023-12-12',
    ransomware: false,
    cwes: ['CWE-122'],
  },
];

const CATALOGUE_DAY = '2023-11-21';

export const KEV_SAMPLE = {
  title: 'A sample in the form of the CISA Catalog of Known Exploited Vulnerabilities',
  catalogVersion: CATALOGUE_DAY.replaceAll('-', '.'),
  dateReleased: `${CATALOGUE_DAY}T15:00:00.0000Z`,
  count: ENTRIES.length,
  vulnerabilities: ENTRIES.map(({ cve, vendor, product, name, added, due, ransomware, cwes }) => ({
    cveID: cve,
    vendorProject: vendor,
    product,
    vulnerabilityName: name,
    dateAdded: added,
    shortDescription: name,
    requiredAction: 'Apply updates as the vendor says.',
    dueDate: due,
    knownRansomwareCampaignUse: ransomware ? 'Known' : 'Unknown',
    notes: `https://nvd.nist.gov/vuln/detail/${cve}`,
    cwes,
  })),
} as const;
