/** An Inspector finding as EventBridge brings it, written from Inspector's field list. */
import { createHash } from 'node:crypto';
import { LOCAL } from './run-locally.ts';

export interface InspectorEventOptions {
  readonly repository: string;
  readonly digest: string;
  readonly layer?: string;
  readonly vulnerability: string;
  readonly relatedIds?: readonly string[];
  readonly package: string;
  /** Of the image's resource: Inspector gives none for the most part. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly status?: 'ACTIVE' | 'SUPPRESSED' | 'CLOSED';
  readonly exploit?: 'YES' | 'NO';
  readonly updatedAt: string;
}

export const inspectorEvent = (options: InspectorEventOptions) => {
  const { account, region } = LOCAL;
  const { repository, digest, vulnerability, updatedAt } = options;
  const image = `arn:aws:ecr:${region}:${account}:repository/${repository}/${digest}`;
  const id = createHash('md5').update(`${image} ${vulnerability} ${options.package}`).digest('hex');
  return {
    version: '0',
    id: `${id}-${options.status ?? 'ACTIVE'}`,
    'detail-type': 'Inspector2 Finding',
    source: 'aws.inspector2',
    account,
    time: updatedAt,
    region,
    resources: [image],
    detail: {
      awsAccountId: account,
      description: `A flaw in ${options.package}.`,
      epss: { score: 0.01 },
      exploitAvailable: options.exploit ?? 'NO',
      findingArn: `arn:aws:inspector2:${region}:${account}:finding/${id}`,
      firstObservedAt: '2026-07-01T08:00:00Z',
      fixAvailable: 'YES',
      inspectorScore: 9.8,
      inspectorScoreDetails: {
        adjustedCvss: {
          score: 9.8,
          scoreSource: 'NVD',
          cvssSource: 'NVD',
          scoringVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
          version: '3.1',
        },
      },
      lastObservedAt: updatedAt,
      packageVulnerabilityDetails: {
        cvss: [],
        relatedVulnerabilities: options.relatedIds ?? [],
        source: 'NVD',
        sourceUrl: `https://nvd.nist.gov/vuln/detail/${vulnerability}`,
        vulnerabilityId: vulnerability,
        vulnerablePackages: [
          {
            name: options.package,
            version: '1.0.0',
            fixedInVersion: '1.0.1',
            packageManager: 'OS',
            ...(options.layer !== undefined && { sourceLayerHash: options.layer }),
          },
        ],
      },
      remediation: { recommendation: { text: 'None Provided' } },
      resources: [
        {
          type: 'AWS_ECR_CONTAINER_IMAGE',
          id: image,
          partition: 'aws',
          tags: options.tags ?? {},
          region,
          details: {
            awsEcrContainerImage: {
              repositoryName: repository,
              registry: account,
              imageHash: digest,
              imageTags: ['1.0'],
              architecture: 'amd64',
            },
          },
        },
      ],
      severity: 'CRITICAL',
      status: options.status ?? 'ACTIVE',
      title: `${vulnerability} - ${options.package}`,
      type: 'PACKAGE_VULNERABILITY',
      updatedAt,
    },
  };
};
