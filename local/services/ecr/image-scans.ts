/** Basic scans: started by hand or by a push, finished at once, finding what they were told to find. */
import type {
  DescribeImageScanFindingsRequest,
  DescribeImageScanFindingsResponse,
  StartImageScanRequest,
  StartImageScanResponse,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import type { ImageAction } from '../../registry/image-action.ts';
import type { ParsedManifest } from '../../registry/manifest.ts';
import type { StoredImage } from '../../registry/stored-image.ts';
import { pageOf } from '../page.ts';
import { type EcrScope, INVALID, imagesOf, PAGE } from './ecr-scope.ts';
import type { EcrState, ImageScan } from './ecr-state.ts';
import { requireImage } from './image-id.ts';
import { scanCompleteEvent, severityCounts } from './scan-events.ts';
import { effectiveSetting } from './scanning-configuration.ts';

/** An image is scanned once in this time, by hand or on push. */
const QUOTA_MS = 24 * 60 * 60 * 1000;

const CONFIGS: readonly (string | undefined)[] = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];
const FILE_SYSTEM = /^application\/vnd\.(?:oci\.image\.layer\.(?:nondistributable\.)?v1\.tar|docker\.image\.rootfs\.)/;

/** An index, a signature or an attestation has no file system to look into. */
const isScannable = ({ artifactMediaType, blobs }: ParsedManifest): boolean =>
  CONFIGS.includes(artifactMediaType) && blobs.some(({ mediaType }) => FILE_SYSTEM.test(mediaType));

const isOverQuota = ({ clock }: EcrScope, scan: ImageScan | undefined): boolean =>
  scan !== undefined && clock.now().getTime() - scan.completedAt.getTime() < QUOTA_MS;

const scan = async (scope: EcrScope, state: EcrState, repository: string, image: StoredImage): Promise<void> => {
  const done: ImageScan = { completedAt: scope.clock.now(), findings: state.findings.get(image.digest) ?? [] };
  state.scans.set(image.parsed, done);
  await scope.putEvent?.(scanCompleteEvent(scope, repository, image, done), 'default');
};

export const startImageScan = async (
  scope: EcrScope,
  state: EcrState,
  input: Checked<StartImageScanRequest>,
): Promise<StartImageScanResponse> => {
  const { repositoryName, imageId } = input;
  const image = requireImage(imagesOf(scope, input), imageId, repositoryName);
  if (state.registryScanning.scanType === 'ENHANCED') {
    throw new AwsError('ValidationException', 'This feature is disabled');
  }
  if (!isScannable(image.parsed)) {
    throw new AwsError('UnsupportedImageTypeException', `${image.digest} is of a type that cannot be scanned`);
  }
  if (isOverQuota(scope, state.scans.get(image.parsed))) {
    throw new AwsError('LimitExceededException', 'The scan quota per image has been exceeded. Wait and try again.');
  }
  await scan(scope, state, repositoryName, image);
  return {
    registryId: scope.account,
    repositoryName,
    imageId: { imageDigest: image.digest, imageTag: imageId.imageTag },
    imageScanStatus: { status: 'IN_PROGRESS' },
  };
};

/** Scans what was pushed, where that is wanted and possible. */
export const scanPushed = async (
  scope: EcrScope,
  state: EcrState,
  { action, repository, digest }: ImageAction,
): Promise<void> => {
  const image = action === 'PUSH' ? scope.store.image(repository, digest) : undefined;
  if (image === undefined || state.registryScanning.scanType !== 'BASIC' || !isScannable(image.parsed)) return;
  if (effectiveSetting(state, repository).frequency !== 'SCAN_ON_PUSH') return;
  if (isOverQuota(scope, state.scans.get(image.parsed))) return;
  await scan(scope, state, repository, image);
};

/** Of the last basic scan; under enhanced scanning those are out of reach. */
export const describeImageScanFindings = (
  scope: EcrScope,
  { scans, registryScanning }: EcrState,
  input: Checked<DescribeImageScanFindingsRequest>,
): DescribeImageScanFindingsResponse => {
  const { repositoryName, imageId } = input;
  const image = requireImage(imagesOf(scope, input), imageId, repositoryName);
  const last = registryScanning.scanType === 'BASIC' ? scans.get(image.parsed) : undefined;
  if (last === undefined) {
    throw new AwsError('ScanNotFoundException', `Image scan does not exist for the image ${image.digest}`);
  }
  const { completedAt, findings } = last;
  const { items, nextToken } = pageOf(findings, input.maxResults ?? PAGE, input.nextToken, INVALID);
  return {
    registryId: scope.account,
    repositoryName,
    imageId: { imageDigest: image.digest, imageTag: imageId.imageTag },
    imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
    imageScanFindings: {
      imageScanCompletedAt: completedAt,
      vulnerabilitySourceUpdatedAt: completedAt,
      findingSeverityCounts: severityCounts(findings),
      findings: items,
    },
    nextToken,
  };
};
