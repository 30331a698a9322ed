/** Whatever an image makes a rule quote: every text hostile, every list long. */
import type { EnrichedImageIssue, RuntimeContext } from '../../shared/enrichment/enriched-finding.ts';
import { enrichedIssue } from './decided.ts';

export const hostileIssue = (text: string, count: number, context: RuntimeContext): EnrichedImageIssue => {
  const many = <T>(one: (at: number) => T): readonly T[] => Array.from({ length: count }, (_, at) => one(at));
  return enrichedIssue(
    {
      sourceId: text,
      tags: many((at) => `${at}${text}`),
      platform: text,
      rule: text,
      origin: count % 2 ? 'base' : 'app',
      title: text,
      description: text,
      remediation: text,
      evidence: many(() => ({ text, origin: 'app', path: text })),
      evidenceLeftOut: count,
      instruction: { position: 3, text, origin: 'app', line: 5 },
      nist: many(() => '3.1.2' as const),
      cis: many(() => '4.1' as const),
      resourceTags: { [text]: text },
    },
    context,
  );
};
