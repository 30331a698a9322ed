/** Joins what a rule says of an image with the place that the image runs in. */
import { clipText, plainText } from '../base/clip-text.ts';
import type { Known } from '../base/known.ts';
import { redactText } from '../base/redaction.ts';
import type { Tags } from '../base/tags.ts';
import type { ImageIssue } from '../finding/finding.ts';
import type { EnrichedImageIssue, RuntimeContext } from './enriched-finding.ts';

/** Nobody is shown more. */
const EVIDENCE_KEPT = 10;
const TEXT = 300;
const INSTRUCTION = 1_000;

/** What comes out of the image is cut, and redacted once more: rules quote it, and it goes to people from here. */
export const enrichImageIssue = (
  finding: ImageIssue,
  repositoryTags: Known<Tags>,
  context: RuntimeContext,
): EnrichedImageIssue => {
  const { instruction } = finding;
  const evidence = finding.evidence.slice(0, EVIDENCE_KEPT);
  return {
    finding: {
      ...finding,
      evidence: evidence.map(cleanEvidence),
      evidenceLeftOut: finding.evidenceLeftOut + finding.evidence.length - evidence.length,
      ...(instruction && { instruction: { ...instruction, text: clean(instruction.text, INSTRUCTION) } }),
    },
    repositoryTags,
    context,
  };
};

const clean = (text: string, max: number): string => clipText(redactText(plainText(text)), max);

const cleanEvidence = (evidence: ImageIssue['evidence'][number]): ImageIssue['evidence'][number] => ({
  ...evidence,
  text: clean(evidence.text, TEXT),
  ...(evidence.path !== undefined && { path: clean(evidence.path, TEXT) }),
});
