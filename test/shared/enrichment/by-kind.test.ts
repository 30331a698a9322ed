import { expect, it } from 'vitest';
import { byKind } from '../../../shared/enrichment/by-kind.ts';
import { enrichedIssue, enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';

it.each([
  ['vulnerability', enriched(), 'CVE-2024-6119'],
  ['threat', enrichedThreat(), 'PrivilegeEscalation:Runtime/RuncContainerEscape'],
  ['image-issue', enrichedIssue(), 'IMG-001'],
] as const)('hands a finding of the kind %s to what handles that kind', (_kind, finding, name) => {
  expect(
    byKind<string>(finding, {
      vulnerability: ({ finding: { vulnerabilityId } }) => vulnerabilityId,
      threat: ({ finding: { type } }) => type,
      'image-issue': ({ finding: { rule } }) => rule,
    }),
  ).toBe(name);
});
