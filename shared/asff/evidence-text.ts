/** What a rule saw in an image, in one line: the first of it, and how much more there was. */
import { clipText } from '../base/clip-text.ts';
import type { ImageIssue } from '../finding/finding.ts';
import { BOUNDS, nonEmpty } from './limits.ts';

const MORE_LENGTH = 24;

/** At most `max` characters; undefined where there is nothing to print. The count is never cut off. */
export const evidenceText = (
  { evidence, evidenceLeftOut }: Pick<ImageIssue, 'evidence' | 'evidenceLeftOut'>,
  max: number,
): string | undefined => {
  const texts = evidence.flatMap(({ text }) => nonEmpty(text, BOUNDS.text) ?? []);
  if (texts.length === 0) return undefined;
  const told = clipText(texts.join('; '), max - MORE_LENGTH);
  return evidenceLeftOut > 0 ? `${told}; and ${evidenceLeftOut} more` : told;
};
