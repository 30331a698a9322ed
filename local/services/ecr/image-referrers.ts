/** The artifacts that are about an image: its signatures, SBOMs and attestations. */
import type { ImageReferrer, ListImageReferrersRequest, ListImageReferrersResponse } from '@aws-sdk/client-ecr';
import { isDigest } from '../../../shared/image/digest.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { referrersOf } from '../../registry/referrers.ts';
import { pageOf } from '../page.ts';
import { type EcrScope, INVALID, imagesOf } from './ecr-scope.ts';

/** Results on a page where the caller does not say how many. */
const REFERRERS_PAGE = 20;

export const listImageReferrers = (
  scope: EcrScope,
  input: Checked<ListImageReferrersRequest>,
): ListImageReferrersResponse => {
  const images = imagesOf(scope, input);
  const { imageDigest } = input.subjectId;
  if (!isDigest(imageDigest)) throw new AwsError(INVALID, `${imageDigest} is no sha256 digest`);
  const { artifactTypes = [], artifactStatus = 'ACTIVE' } = input.filter ?? {};
  const wanted = artifactTypes.length > 0 ? artifactTypes : undefined;
  // No artifact is ever archived here.
  const all = ['ACTIVE', 'ANY'].includes(artifactStatus) ? referrersOf(images, imageDigest, wanted) : [];
  const { items, nextToken } = pageOf(all, input.maxResults ?? REFERRERS_PAGE, input.nextToken, INVALID);
  return {
    referrers: items.map((referrer): ImageReferrer => ({ ...referrer, artifactStatus: 'ACTIVE' })),
    nextToken,
  };
};
