/** The CVSS scores that Inspector gives for one vulnerability, best first. */
import * as z from 'zod/mini';
import type { Cvss } from '../finding/finding.ts';

const Text = z.nullish(z.string());

export const InspectorAdjustedCvss = z.object({
  version: z.string(),
  score: z.number(),
  scoringVector: Text,
  cvssSource: Text,
  scoreSource: Text,
});

export const InspectorCvss = z.object({
  version: z.string(),
  baseScore: z.number(),
  scoringVector: Text,
  source: Text,
});

/** Inspector's own adjusted score, then those of the sources in the order given; every CVSS version is kept. */
export const cvssFromInspector = (
  adjusted: z.output<typeof InspectorAdjustedCvss> | null | undefined,
  sources: readonly z.output<typeof InspectorCvss>[],
): readonly Cvss[] =>
  [
    ...(adjusted ? [{ ...adjusted, source: adjusted.cvssSource ?? adjusted.scoreSource }] : []),
    ...sources.map((one) => ({ ...one, score: one.baseScore })),
  ].map(({ version, score, scoringVector, source }) => ({
    version,
    score,
    ...(scoringVector && { vector: scoringVector }),
    ...(source && { source }),
  }));
