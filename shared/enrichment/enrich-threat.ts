/** Joins a threat with the image of its container and the place it was seen in. */
import type { Known } from '../base/known.ts';
import type { Tags } from '../base/tags.ts';
import type { Threat } from '../finding/finding.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { EnrichedThreat, RuntimeContext } from './enriched-finding.ts';

export const enrichThreat = (
  finding: Threat,
  image: Known<ImageReference>,
  repositoryTags: Known<Tags>,
  context: RuntimeContext,
): EnrichedThreat => ({ finding, image, repositoryTags, context });
