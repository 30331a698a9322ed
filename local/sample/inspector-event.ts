/** What Inspector would send about the sample image: real vulnerabilities, with scores as an example. */
import { createHash } from 'node:crypto';
import type { Digest } from '../../shared/image/digest.ts';
import { envelope, type SampleTarget } from './sample-target.ts';

interface SampleVulnerability {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
  readonly score: number;
  readonly vector: string;
  readonly epss: number;
  readonly exploit: boolean;
  readonly package: {
    readonly name: string;
    readonly version: string;
    readonly release?: string;
    readonly fixedIn: string;
  };
  readonly packageManager: 'OS' | 'NPM';
  readonly filePath?: string;
  readonly layer: Digest;
}

/** `Wed Sep 04 16:55:38.411 UTC 2024`: the form that Inspector uses in events. */
const inspectorTime = (time: Date): string => {
  const [weekday, , month, year] = time
    .toUTCString()
    .replace(',', '')
    .split(' ')
    .map((part, index) => (index === 1 ? '' : part));
  const day = String(time.getUTCDate()).padStart(2, '0');
  return `${weekday} ${month} ${day} ${time.toISOString().slice(11, 23)} UTC ${year}`;
};

export const sampleVulnerabilities = (layers: {
  readonly base: Digest;
  readonly openssl: Digest;
  readonly npm: Digest;
}): readonly SampleVulnerability[] => [
  {
    id: 'CVE-2024-5535',
    title: 'CVE-2024-5535 - libssl3, openssl',
    description: 'Calling SSL_select_next_proto with an empty supported client protocols buffer may read beyond it.',
    severity: 'CRITICAL',
    score: 9.1,
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H',
    epss: 0.04,
    exploit: false,
    package: { name: 'openssl', version: '3.0.11', release: '1~deb12u2', fixedIn: '0:3.0.15-1~deb12u1' },
    packageManager: 'OS',
    layer: layers.openssl,
  },
  {
    id: 'CVE-2023-4911',
    title: 'CVE-2023-4911 - libc6',
    description: 'The dynamic loader of the GNU C library overflows a buffer when it reads GLIBC_TUNABLES.',
    severity: 'HIGH',
    score: 7.8,
    vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H',
    epss: 0.6,
    exploit: true,
    package: { name: 'libc6', version: '2.36', release: '9+deb12u1', fixedIn: '0:2.36-9+deb12u3' },
    packageManager: 'OS',
    layer: layers.base,
  },
  {
    id: 'CVE-2024-41818',
    title: 'CVE-2024-41818 - fast-xml-parser',
    description: 'A regular expression in the currency parser of fast-xml-parser can be made to take very long.',
    severity: 'HIGH',
    score: 7.5,
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
    epss: 0.002,
    exploit: false,
    package: { name: 'fast-xml-parser', version: '4.4.0', fixedIn: '4.4.1' },
    packageManager: 'NPM',
    filePath: 'app/node_modules/fast-xml-parser/package.json',
    layer: layers.npm,
  },
];

export const inspectorEvent = (target: SampleTarget, vulnerability: SampleVulnerability): object => {
  const { account, region, repository, digest, tag, now } = target;
  const image = `arn:aws:ecr:${region}:${account}:repository/${repository}/${digest}`;
  const id = createHash('md5').update(`${image} ${vulnerability.id}`).digest('hex');
  const time = inspectorTime(now);
  const { name, version, release, fixedIn } = vulnerability.package;
  return envelope(target, 'aws.inspector2', 'Inspector2 Finding', [image], {
    awsAccountId: account,
    description: vulnerability.description,
    epss: { score: vulnerability.epss },
    exploitAvailable: vulnerability.exploit ? 'YES' : 'NO',
    findingArn: `arn:aws:inspector2:${region}:${account}:finding/${id}`,
    firstObservedAt: time,
    fixAvailable: 'YES',
    inspectorScore: vulnerability.score,
    inspectorScoreDetails: {
      adjustedCvss: {
        adjustments: [],
        cvssSource: 'NVD',
        score: vulnerability.score,
        scoreSource: 'NVD',
        scoringVector: vulnerability.vector,
        version: '3.1',
      },
    },
    lastObservedAt: time,
    packageVulnerabilityDetails: {
      cvss: [{ baseScore: vulnerability.score, scoringVector: vulnerability.vector, source: 'NVD', version: '3.1' }],
      referenceUrls: [`https://nvd.nist.gov/vuln/detail/${vulnerability.id}`],
      relatedVulnerabilities: [],
      source: 'NVD',
      sourceUrl: `https://nvd.nist.gov/vuln/detail/${vulnerability.id}`,
      vendorSeverity: vulnerability.severity,
      vulnerabilityId: vulnerability.id,
      vulnerablePackages: [
        {
          arch: 'X86_64',
          epoch: 0,
          fixedInVersion: fixedIn,
          name,
          packageManager: vulnerability.packageManager,
          sourceLayerHash: vulnerability.layer,
          version,
          ...(release !== undefined && { release }),
          ...(vulnerability.filePath !== undefined && { filePath: vulnerability.filePath }),
        },
      ],
    },
    remediation: { recommendation: { text: 'None Provided' } },
    resources: [
      {
        details: {
          awsEcrContainerImage: {
            architecture: 'amd64',
            imageHash: digest,
            imageTags: [tag],
            inUseCount: 2,
            lastInUseAt: time,
            platform: 'DEBIAN_12',
            pushedAt: time,
            registry: account,
            repositoryName: repository,
          },
        },
        id: image,
        partition: 'aws',
        region,
        type: 'AWS_ECR_CONTAINER_IMAGE',
      },
    ],
    severity: vulnerability.severity,
    status: 'ACTIVE',
    title: vulnerability.title,
    type: 'PACKAGE_VULNERABILITY',
    updatedAt: time,
  });
};
