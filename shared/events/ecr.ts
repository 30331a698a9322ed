/** ECR's word that an image was pushed. */
import * as z from 'zod/mini';
import { isDigest } from '../image/digest.ts';
import type { ImagePushed } from '../intake/intake.ts';
import { type EventEnvelope, eventInvalid, parseDetail } from './envelope.ts';
import { imageFromParts } from './image-from-parts.ts';

/** Only pushes that went through: the other actions delete, archive and restore. */
export const imagePushedPattern = {
  source: ['aws.ecr'],
  'detail-type': ['ECR Image Action'],
  detail: { 'action-type': ['PUSH'], result: ['SUCCESS'] },
} as const;

export const ImagePushDetail = z.object({
  'action-type': z.literal('PUSH'),
  result: z.literal('SUCCESS'),
  'repository-name': z.string(),
  'image-digest': z.string().check(z.refine(isDigest)),
  'image-tag': z.nullish(z.string()),
  'manifest-media-type': z.nullish(z.string()),
  'artifact-media-type': z.nullish(z.string()),
});

/** The registry's account and Region are the event's own. Throws EVENT_INVALID. */
export const imagePushedFromEvent = (event: EventEnvelope): ImagePushed => {
  const detail = parseDetail(imagePushedPattern, ImagePushDetail, event);
  const { account, region, time } = event;
  const image = imageFromParts({
    account,
    region,
    repository: detail['repository-name'],
    digest: detail['image-digest'],
  });
  if (image === undefined) throw eventInvalid(['detail.repository-name']);
  return {
    kind: 'image-pushed',
    image,
    // A push by digest has an empty tag, or none; both happen.
    ...(detail['image-tag'] && { tag: detail['image-tag'] }),
    ...(detail['manifest-media-type'] && { manifestMediaType: detail['manifest-media-type'] }),
    ...(detail['artifact-media-type'] && { artifactMediaType: detail['artifact-media-type'] }),
    pushedAt: time,
  };
};
