/** What ECR knows beyond the registry itself: how images are scanned, and what the scans found. */
import type { ImageScanFinding } from '@aws-sdk/client-ecr';
import type { Digest } from '../../../shared/image/digest.ts';
import type { StoredImage } from '../../registry/stored-image.ts';
import type { ScanRules } from './scan-rules.ts';

/** A finished basic scan. */
export interface ImageScan {
  readonly completedAt: Date;
  readonly findings: readonly ImageScanFinding[];
}

/** Value by key. */
export type RepositoryTags = ReadonlyMap<string, string>;

export interface EcrState {
  registryScanning: ScanRules;
  /** Names of the repositories whose own configuration wants a basic scan of every push. */
  readonly scannedOnPush: Set<string>;
  /** By the name of the repository. */
  readonly tags: Map<string, RepositoryTags>;
  /** The last scan of each image. The key is the same from the push of an image into a repository to its deletion. */
  readonly scans: WeakMap<StoredImage['parsed'], ImageScan>;
  /** What a scan of the image will find, wherever it is. */
  readonly findings: Map<Digest, readonly ImageScanFinding[]>;
}

export const createEcrState = (): EcrState => ({
  registryScanning: { scanType: 'BASIC', rules: [] },
  scannedOnPush: new Set(),
  tags: new Map(),
  scans: new WeakMap(),
  findings: new Map(),
});
