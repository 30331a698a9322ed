/** ECR's events about scanning, as EventBridge delivers them. */
import { randomUUID } from 'node:crypto';
import type { FindingSeverity, ImageScanFinding, ScanFrequency, ScanType } from '@aws-sdk/client-ecr';
import type { StoredImage } from '../../registry/stored-image.ts';
import type { EventEnvelope } from '../event-bridge.ts';
import { type EcrScope, repositoryArn } from './ecr-scope.ts';
import type { ImageScan } from './ecr-state.ts';

const envelope = (
  { account, region }: EcrScope,
  time: Date,
  rest: Pick<EventEnvelope, 'detail-type' | 'resources' | 'detail'>,
): EventEnvelope => ({
  version: '0',
  id: randomUUID(),
  source: 'aws.ecr',
  account,
  time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  ...rest,
});

/** Only severities that occur, as ECR counts them. */
export const severityCounts = (findings: readonly ImageScanFinding[]): Partial<Record<FindingSeverity, number>> => {
  const counts: Partial<Record<FindingSeverity, number>> = {};
  for (const { severity = 'UNDEFINED' } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
};

export const scanCompleteEvent = (
  scope: EcrScope,
  repository: string,
  { digest, tags }: StoredImage,
  { completedAt, findings }: ImageScan,
): EventEnvelope =>
  envelope(scope, completedAt, {
    'detail-type': 'ECR Image Scan',
    resources: [repositoryArn(scope, repository)],
    detail: {
      'scan-status': 'COMPLETE',
      'repository-name': repository,
      'finding-severity-counts': severityCounts(findings),
      'image-digest': digest,
      'image-tags': tags,
    },
  });

export interface FrequencyChange {
  readonly name: string;
  readonly frequency: ScanFrequency;
  readonly previous: ScanFrequency;
}

export const frequencyChangeEvent = (
  scope: EcrScope,
  scanType: ScanType,
  changes: readonly FrequencyChange[],
): EventEnvelope =>
  envelope(scope, scope.clock.now(), {
    'detail-type': 'ECR Scan Resource Change',
    resources: [],
    detail: {
      'action-type': 'SCAN_FREQUENCY_CHANGE',
      repositories: changes.map(({ name, frequency, previous }) => ({
        'repository-name': name,
        'repository-arn': repositoryArn(scope, name),
        'scan-frequency': frequency,
        'previous-scan-frequency': previous,
      })),
      'resource-type': 'REPOSITORY',
      'scan-type': scanType,
    },
  });
