/** What happened to an image in a repository, as much as ECR's event says about it. */
import type { Digest } from '../../shared/image/digest.ts';

export interface ImageAction {
  readonly action: 'PUSH' | 'DELETE';
  readonly repository: string;
  readonly digest: Digest;
  /** Undefined for an image that was pushed, or deleted, by its digest. */
  readonly tag: string | undefined;
  readonly manifestMediaType: string;
  readonly artifactMediaType: string | undefined;
  readonly time: Date;
}
