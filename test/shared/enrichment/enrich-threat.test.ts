import { expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import { enrichThreat } from '../../../shared/enrichment/enrich-threat.ts';
import { IMAGE, ON_FARGATE, THREAT } from './findings.ts';

it('keeps the image and the place beside the threat', () => {
  const enriched = enrichThreat(THREAT, known(IMAGE), known({}), ON_FARGATE);
  expect(enriched).toEqual({
    finding: THREAT,
    image: { known: true, value: IMAGE },
    repositoryTags: { known: true, value: {} },
    context: ON_FARGATE,
  });
});
