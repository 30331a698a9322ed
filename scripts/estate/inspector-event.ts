/** A finding of the estate as EventBridge would bring it from Inspector. */
import { createHash } from 'node:crypto';
import type { EstateFinding } from './images.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

export interface EventTimes {
  /** When the image came. */
  readonly pushed: Date;
  /** When Inspector saw the vulnerability in it first. */
  readonly observed: Date;
  readonly reported: Date;
}

export const inspectorEvent = (
  { image, vulnerability, layer, filePath }: EstateFinding,
  { pushed, observed, reported }: EventTimes,
): object => {
  const { flaw, id, package: found, version, fixedIn } = vulnerability;
  const arn = `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${image.repository}/${image.digest}`;
  const finding = createHash('md5').update(`${arn} ${id}`).digest('hex');
  const severity = flaw?.severity ?? 'UNTRIAGED';
  const vector = flaw && `CVSS:3.1/${flaw.vector}`;
  const time = inspectorTime(reported);
  return {
    version: '0',
    id: `${finding.slice(0, 8)}-${finding.slice(8, 12)}-4${finding.slice(13, 16)}-8${finding.slice(17, 20)}-${finding.slice(20)}`,
    'detail-type': 'Inspector2 Finding',
    source: 'aws.inspector2',
    account: ACCOUNT,
    time: reported.toISOString().replace(/\.\d+/, ''),
    region: REGION,
    resources: [arn],
    detail: {
      awsAccountId: ACCOUNT,
      description: `A flaw in ${found.names[0]}, made up for an estate that exists nowhere.`,
      epss: { score: vulnerability.epss },
      exploitAvailable: vulnerability.exploit ? 'YES' : 'NO',
      findingArn: `arn:aws:inspector2:${REGION}:${ACCOUNT}:finding/${finding}`,
      firstObservedAt: inspectorTime(observed),
      fixAvailable: fixedIn === undefined ? 'NO' : 'YES',
      ...(flaw && {
        inspectorScore: flaw.score,
        inspectorScoreDetails: {
          adjustedCvss: {
            adjustments: [],
            cvssSource: 'NVD',
            score: flaw.score,
            scoreSource: 'NVD',
            scoringVector: vector,
            version: '3.1',
          },
        },
      }),
      lastObservedAt: time,
      packageVulnerabilityDetails: {
        cvss: flaw ? [{ baseScore: flaw.score, scoringVector: vector, source: 'NVD', version: '3.1' }] : [],
        referenceUrls: [],
        relatedVulnerabilities: [],
        source: 'NVD',
        sourceUrl: `https://nvd.nist.gov/vuln/detail/${id}`,
        vulnerabilityId: id,
        vulnerablePackages: found.names.map((name) => ({
          arch: 'X86_64',
          epoch: 0,
          fixedInVersion: fixedIn ?? 'NotAvailable',
          name,
          packageManager: found.manager,
          sourceLayerHash: layer,
          version,
          ...(filePath !== undefined && { filePath }),
        })),
      },
      remediation: { recommendation: { text: 'None Provided' } },
      resources: [
        {
          details: {
            awsEcrContainerImage: {
              architecture: 'amd64',
              imageHash: image.digest,
              imageTags: [image.tag],
              ...(image.inUseCount !== undefined && { inUseCount: image.inUseCount }),
              platform: image.platform,
              pushedAt: inspectorTime(pushed),
              registry: ACCOUNT,
              repositoryName: image.repository,
            },
          },
          id: arn,
          partition: 'aws',
          region: REGION,
          tags: {},
          type: 'AWS_ECR_CONTAINER_IMAGE',
        },
      ],
      severity,
      status: 'ACTIVE',
      title: `${id} - ${found.names.join(', ')}`,
      type: 'PACKAGE_VULNERABILITY',
      updatedAt: time,
    },
  };
};

/** `Wed Sep 04 16:55:38.411 UTC 2024`: the form that Inspector uses in events. */
const inspectorTime = (time: Date): string => {
  // `Wed, 04 Sep 2024 16:55:38 GMT`
  const [weekday = '', day = '', month = '', year = ''] = time.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${time.toISOString().slice(11, 23)} UTC ${year}`;
};
