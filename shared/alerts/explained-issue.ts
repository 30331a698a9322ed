/** What is kept of a rule about an image to explain what it said: bounded, printable, without secrets. */
import { clipText } from '../base/clip-text.ts';
import type { ImageIssue } from '../finding/finding.ts';
import type { ExplainedIssue } from './explained-finding.ts';
import { CLAUSE, NAME, safe } from './short-decision.ts';

/** `listed`: the most pieces of evidence. */
export const explainedIssue = (finding: ImageIssue, listed: number): ExplainedIssue => {
  const { ruleClass, severity, confirmed, origin, platform, description, evidence, evidenceLeftOut } = finding;
  return {
    ruleClass,
    severity,
    confirmed,
    origin,
    platform: safe(platform, NAME),
    rationale: safe(description, 2 * CLAUSE),
    evidence: evidence.slice(0, listed).map(({ text, origin: whose, layer }) => ({
      text: safe(text, CLAUSE),
      origin: whose,
      ...(layer !== undefined && { layer: clipText(layer, NAME) }),
    })),
    evidenceLeftOut: evidenceLeftOut + Math.max(0, evidence.length - listed),
  };
};
