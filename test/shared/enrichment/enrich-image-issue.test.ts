import { describe, expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import { enrichImageIssue } from '../../../shared/enrichment/enrich-image-issue.ts';
import type { ImageIssue } from '../../../shared/finding/finding.ts';
import { IMAGE_ISSUE, ON_FARGATE } from './findings.ts';

const enriched = (change: Partial<ImageIssue> = {}) =>
  enrichImageIssue({ ...IMAGE_ISSUE, ...change }, known({}), ON_FARGATE);

describe('what a rule says of an image', () => {
  it('keeps the place beside it', () => {
    expect(enriched()).toEqual({ finding: IMAGE_ISSUE, repositoryTags: known({}), context: ON_FARGATE });
  });

  it('keeps the first ten pieces of evidence, and counts the others', () => {
    const evidence = Array.from({ length: 12 }, (_, at) => ({ text: `file ${at}`, origin: 'app' as const }));
    const { finding } = enriched({ evidence, evidenceLeftOut: 30 });
    expect([finding.evidence.length, finding.evidence.at(-1)?.text, finding.evidenceLeftOut]).toEqual([
      10,
      'file 9',
      32,
    ]);
  });

  it('says no secret that a rule quoted, neither in its evidence nor in its instruction', () => {
    const text = 'ENV DB_PASSWORD=hunter2hunter2';
    const { finding } = enriched({
      evidence: [{ text, origin: 'app', path: 'srv/ghp_aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3' }],
      instruction: { position: 3, text, origin: 'app' },
    });
    expect(finding.evidence[0]?.text).toBe('ENV DB_PASSWORD=[redacted]');
    expect(finding.instruction?.text).toBe('ENV DB_PASSWORD=[redacted]');
    expect(JSON.stringify(finding)).not.toMatch(/hunter2|ghp_/);
  });

  it('cuts what is long, and makes it printable', () => {
    const text = `a\u0000b${'x'.repeat(9_000)}`;
    const { finding } = enriched({
      evidence: [{ text, origin: 'app', path: text }],
      instruction: { position: 3, text, origin: 'app' },
    });
    expect([finding.evidence[0]?.text.length, finding.evidence[0]?.path?.length]).toEqual([300, 300]);
    expect(finding.instruction?.text).toMatch(/^a bx+…$/);
    expect(finding.instruction?.text).toHaveLength(1_000);
  });
});
