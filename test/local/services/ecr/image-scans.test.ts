import {
  BatchDeleteImageCommand,
  DeleteRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  ImageNotFoundException,
  type ImageScanFinding,
  InvalidParameterException,
  LimitExceededException,
  PutRegistryScanningConfigurationCommand,
  type ScanFrequency,
  ScanNotFoundException,
  type ScanType,
  StartImageScanCommand,
  UnsupportedImageTypeException,
  ValidationException,
} from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Digest, isDigest } from '../../../../shared/image/digest.ts';
import { pushImage } from '../../registry/images.ts';
import { pushIndex, pushReferrer } from '../../registry/index-images.ts';
import { type EcrFront, startEcr } from './ecr-front.ts';

const repositoryName = 'team/app';
const HIGH: ImageScanFinding = {
  name: 'CVE-2026-1',
  description: 'A flaw.',
  uri: 'https://example.org/CVE-2026-1',
  severity: 'HIGH',
  attributes: [
    { key: 'package_name', value: 'lib' },
    { key: 'package_version', value: '1.0' },
  ],
};
const FINDINGS: ImageScanFinding[] = [HIGH, { name: 'CVE-2026-2', severity: 'LOW' }, { ...HIGH, name: 'CVE-2026-3' }];

let front: EcrFront;
beforeEach(async () => {
  front = await startEcr();
});
afterEach(() => front.close());

const asDigest = (text: string): Digest => {
  if (!isDigest(text)) throw new Error(`not a digest: ${text}`);
  return text;
};
const push = async (layer?: string): Promise<Digest> => {
  const digest = asDigest(await pushImage(front.host, repositoryName, 'v1', layer));
  await front.scanned();
  return digest;
};
const start = (imageId: { imageTag?: string; imageDigest?: string }) =>
  front.client.send(new StartImageScanCommand({ repositoryName, imageId }));
const findings = (rest: object = {}) =>
  front.client.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageTag: 'v1' }, ...rest }));
const configure = (scanType: ScanType, scanFrequency: ScanFrequency) =>
  front.client.send(
    new PutRegistryScanningConfigurationCommand({
      scanType,
      rules: [{ scanFrequency, repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }],
    }),
  );

describe('a basic scan that is started by hand', () => {
  it('finds what it was told to find, and tells that it is complete', async () => {
    const digest = await push();
    front.ecr.provideScanFindings(digest, FINDINGS);
    expect(await start({ imageTag: 'v1' })).toMatchObject({
      imageId: { imageDigest: digest, imageTag: 'v1' },
      imageScanStatus: { status: 'IN_PROGRESS' },
    });
    expect(await findings()).toMatchObject({
      registryId: '111122223333',
      repositoryName,
      imageId: { imageDigest: digest, imageTag: 'v1' },
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: {
        imageScanCompletedAt: new Date('2026-03-01T10:00:00Z'),
        findingSeverityCounts: { HIGH: 2, LOW: 1 },
        findings: FINDINGS,
      },
    });
    expect(front.events).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'ECR Image Scan',
        source: 'aws.ecr',
        account: '111122223333',
        time: '2026-03-01T10:00:00Z',
        region: 'eu-west-1',
        resources: ['arn:aws:ecr:eu-west-1:111122223333:repository/team/app'],
        detail: {
          'scan-status': 'COMPLETE',
          'repository-name': repositoryName,
          'finding-severity-counts': { HIGH: 2, LOW: 1 },
          'image-digest': digest,
          'image-tags': ['v1'],
        },
      },
    ]);
  });

  it('finds nothing where it was told nothing', async () => {
    await push();
    await start({ imageTag: 'v1' });
    expect((await findings()).imageScanFindings).toMatchObject({ findingSeverityCounts: {}, findings: [] });
  });

  it('gives its findings by pages, with all of them counted', async () => {
    front.ecr.provideScanFindings(await push(), FINDINGS);
    await start({ imageTag: 'v1' });
    const first = await findings({ maxResults: 2 });
    const second = await findings({ maxResults: 2, nextToken: first.nextToken });
    expect(first.imageScanFindings?.findings?.map(({ name }) => name)).toEqual(['CVE-2026-1', 'CVE-2026-2']);
    expect(second.imageScanFindings?.findings?.map(({ name }) => name)).toEqual(['CVE-2026-3']);
    expect(second.imageScanFindings?.findingSeverityCounts).toEqual({ HIGH: 2, LOW: 1 });
    expect(second.nextToken).toBeUndefined();
  });

  it('is done once in 24 hours', async () => {
    await push();
    await start({ imageTag: 'v1' });
    front.advanceHours(23);
    await expect(start({ imageTag: 'v1' })).rejects.toBeInstanceOf(LimitExceededException);
    front.advanceHours(1);
    await start({ imageTag: 'v1' });
    expect(front.events).toHaveLength(2);
  });

  it('does not show in the description of the image', async () => {
    await push();
    await start({ imageTag: 'v1' });
    const { imageDetails = [] } = await front.client.send(new DescribeImagesCommand({ repositoryName }));
    expect(imageDetails[0]).not.toHaveProperty('imageScanStatus');
    expect(imageDetails[0]).not.toHaveProperty('imageScanFindingsSummary');
  });

  it('is refused for an index, for its attestations and for a signature, and done for its platforms', async () => {
    const { digest, platforms, attestations } = await pushIndex(front.host, repositoryName, 'v1', ['amd']);
    const signature = await pushReferrer(front.host, repositoryName, digest, 'application/vnd.example.signature');
    for (const imageDigest of [digest, ...attestations, signature]) {
      await expect(start({ imageDigest })).rejects.toBeInstanceOf(UnsupportedImageTypeException);
    }
    for (const imageDigest of platforms) await start({ imageDigest });
    expect(front.events.map(({ detail }) => detail['image-digest'])).toEqual(platforms);
  });

  it.each([
    ['an image that is not there', { imageTag: 'v2' }, ImageNotFoundException],
    ['no image', {}, InvalidParameterException],
    ['a digest that is none', { imageDigest: 'sha256:short' }, InvalidParameterException],
  ])('is refused for %s', async (_, imageId, expected) => {
    await push();
    await expect(start(imageId)).rejects.toBeInstanceOf(expected);
  });
});

describe('with an image', () => {
  const gone: readonly [string, () => Promise<unknown>][] = [
    ['its repository', () => front.client.send(new DeleteRepositoryCommand({ repositoryName, force: true }))],
    [
      'its tag by the API',
      () => front.client.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] })),
    ],
    [
      'its tag in the registry',
      () => fetch(`http://${front.host}/v2/${repositoryName}/manifests/v1`, { method: 'DELETE' }),
    ],
  ];
  it.each(gone)('that is deleted with %s goes its scan', async (_, remove) => {
    const digest = await push();
    await start({ imageTag: 'v1' });
    await remove();
    expect(await push()).toBe(digest);
    await expect(findings()).rejects.toBeInstanceOf(ScanNotFoundException);
    await start({ imageTag: 'v1' });
  });

  it('that gets another tag stays its scan', async () => {
    await push();
    await start({ imageTag: 'v1' });
    await pushImage(front.host, repositoryName, 'v2');
    await front.client.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 'v2' }] }));
    expect((await findings()).imageScanStatus?.status).toBe('COMPLETE');
  });
});

describe('a basic scan on push', () => {
  it('is done where the rules want it, and counts as the one of its 24 hours', async () => {
    await configure('BASIC', 'SCAN_ON_PUSH');
    const digest = await push();
    expect(front.events.map(({ detail }) => [detail['image-digest'], detail['image-tags']])).toEqual([
      [digest, ['v1']],
    ]);
    await expect(start({ imageTag: 'v1' })).rejects.toBeInstanceOf(LimitExceededException);
  });

  it('is done once for an image that gets a second tag', async () => {
    await configure('BASIC', 'SCAN_ON_PUSH');
    await push();
    await pushImage(front.host, repositoryName, 'v2');
    await front.scanned();
    expect(front.events).toHaveLength(1);
  });

  it('leaves out the index and its attestations', async () => {
    await configure('BASIC', 'SCAN_ON_PUSH');
    const { platforms } = await pushIndex(front.host, repositoryName, 'v1', ['amd', 'arm']);
    await front.scanned();
    expect(front.events.map(({ detail }) => detail['image-digest'])).toEqual(platforms);
  });

  it.each<[ScanType, ScanFrequency]>([
    ['BASIC', 'MANUAL'],
    ['ENHANCED', 'CONTINUOUS_SCAN'],
  ])('is not done where the rules are %s and %s', async (scanType, frequency) => {
    await configure(scanType, frequency);
    await push();
    expect(front.events).toEqual([]);
    await expect(findings()).rejects.toBeInstanceOf(ScanNotFoundException);
  });
});

describe('under enhanced scanning', () => {
  it('no scan is started by hand, and what basic scans found is out of reach until basic scanning is back', async () => {
    await push();
    await start({ imageTag: 'v1' });
    await configure('ENHANCED', 'SCAN_ON_PUSH');
    await expect(start({ imageTag: 'v1' })).rejects.toBeInstanceOf(ValidationException);
    await expect(findings()).rejects.toBeInstanceOf(ScanNotFoundException);
    await configure('BASIC', 'MANUAL');
    expect((await findings()).imageScanStatus?.status).toBe('COMPLETE');
  });
});
