import { expect, it } from 'vitest';
import { newestFirst, worstFirst } from '../../../shared/alerts/worst-first.ts';
import { keyed } from '../chat/grouped.ts';

it('puts the worst outcome first, then the highest score, then the name', () => {
  const findings = [
    keyed('CVE-4', { outcome: 'track', score: 39 }),
    keyed('CVE-3', { outcome: 'attend', score: 71 }),
    keyed('CVE-2', { outcome: 'act', score: 91 }),
    keyed('CVE-1', { outcome: 'act', score: 91 }),
    keyed('CVE-5', { outcome: 'act', score: 99 }),
  ];
  expect(findings.toSorted(worstFirst).map(({ name }) => name)).toEqual(['CVE-5', 'CVE-1', 'CVE-2', 'CVE-3', 'CVE-4']);
});

it('puts what was changed last first', () => {
  const findings = [
    keyed('CVE-1', { observedAt: '2026-03-01T00:00:00.000Z' }),
    keyed('CVE-2', { observedAt: '2026-03-09T00:00:00.000Z' }),
  ];
  expect(findings.toSorted(newestFirst).map(({ name }) => name)).toEqual(['CVE-2', 'CVE-1']);
});
