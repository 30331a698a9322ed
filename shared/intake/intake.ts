/** Typed facts that are no finding. */
import type { Known } from '../base/known.ts';
import type { ImageReference } from '../image/image-reference.ts';

export interface ImagePushed {
  readonly kind: 'image-pushed';
  /** Unknown where the event names no usable digest. */
  readonly image: Known<ImageReference>;
  /** Absent for a push by digest: ECR leaves the field out, or sends it empty. */
  readonly tag?: string;
  readonly manifestMediaType?: string;
  readonly artifactMediaType?: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly pushedAt: string;
}

export type Intake = ImagePushed;
