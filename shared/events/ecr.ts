/** ECR's word that an image was pushed. */
import * as z from 'zod/mini';
import { known, unknown } from '../base/known.ts';
import { parseDigest } from '../image/digest.ts';
import type { ImagePushed } from '../intake/intake.ts';
import { type EventEnvelope, eventInvalid, parseDetail } from './envelope.ts';
import { repositoryFromParts } from './repository-from-parts.ts';

/**
 * Only pushes that went through: the other actions delete, archive and restore. What refers to an image, a signature for
 * example, has a type of its own with the same fields.
 */
export const imagePushedPattern = {
  source: ['aws.ecr'],
  'detail-type': ['ECR Image Action', 'ECR Referrer Action'],
  detail: { 'action-type': ['PUSH'], result: ['SUCCESS'] },
} as const;

export const ImagePushDetail = z.object({
  'action-type': z.literal('PUSH'),
  result: z.literal('SUCCESS'),
  'repository-name': z.string(),
  /** Optional in the published schema of the event; the documentation's own sample shortens it. */
  'image-digest': z.optional(z.unknown()),
  'image-tag': z.nullish(z.string()),
  'manifest-media-type': z.nullish(z.string()),
  'artifact-media-type': z.nullish(z.string()),
});

/** The registry's account and Region are the event's own. Without a digest the image is unknown. Throws EVENT_INVALID. */
export const imagePushedFromEvent = (event: EventEnvelope): ImagePushed => {
  const detail = parseDetail(imagePushedPattern, ImagePushDetail, event);
  const { account, region, time } = event;
  const repository = repositoryFromParts({ account, region, repository: detail['repository-name'] });
  if (repository === undefined) throw eventInvalid(['detail.repository-name']);
  const digest = parseDigest(detail['image-digest']);
  return {
    kind: 'image-pushed',
    image: digest
      ? known({ ...repository, digest })
      : unknown(`the push to ${repository.repository} names no usable digest`),
    // A push by digest has an empty tag, or none; both happen.
    ...(detail['image-tag'] && { tag: detail['image-tag'] }),
    ...(detail['manifest-media-type'] && { manifestMediaType: detail['manifest-media-type'] }),
    ...(detail['artifact-media-type'] && { artifactMediaType: detail['artifact-media-type'] }),
    pushedAt: time,
  };
};
