/** ECR's "ECR Image Action" event, as EventBridge delivers it. */
import { randomUUID } from 'node:crypto';
import type { ImageAction } from './image-action.ts';

export interface EcrImageActionEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'ECR Image Action';
  readonly source: 'aws.ecr';
  readonly account: string;
  /** ISO 8601 in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: {
    readonly 'action-type': 'PUSH' | 'DELETE';
    readonly result: 'SUCCESS';
    readonly 'repository-name': string;
    readonly 'image-digest': string;
    /** Empty for an untagged image, as in the events that ECR sends. */
    readonly 'image-tag': string;
    readonly 'manifest-media-type': string;
    readonly 'artifact-media-type'?: string;
  };
}

export const ecrEventFrom = (
  { action, repository, digest, tag, manifestMediaType, artifactMediaType, time }: ImageAction,
  { account, region }: { readonly account: string; readonly region: string },
): EcrImageActionEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'ECR Image Action',
  source: 'aws.ecr',
  account,
  time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [],
  detail: {
    'action-type': action,
    result: 'SUCCESS',
    'repository-name': repository,
    'image-digest': digest,
    'image-tag': tag ?? '',
    'manifest-media-type': manifestMediaType,
    ...(artifactMediaType !== undefined && { 'artifact-media-type': artifactMediaType }),
  },
});
