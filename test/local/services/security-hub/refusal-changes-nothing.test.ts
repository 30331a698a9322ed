import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHub, FINDING } from './hub-findings.ts';

const broken = fc.oneof(
  fc.integer({ min: 257, max: 400 }).map((size) => ({ Title: 'x'.repeat(size) })),
  fc.integer({ min: 101 }).map((Confidence) => ({ Confidence })),
  fc
    .integer({ min: 33, max: 40 })
    .map((size) => ({ Resources: Array.from({ length: size }, () => ({ Type: 'a', Id: 'b' })) })),
  fc.constantFrom('', ' ', '\t\n').map((SourceUrl) => ({ SourceUrl })),
  fc.constantFrom('yesterday', '2026-03-02', '2026-03-02T10:00:00').map((UpdatedAt) => ({ UpdatedAt })),
  fc.string().map((text) => ({ Types: [`Mine/${text}`] })),
);
const intact = fc.record({ Title: fc.stringMatching(/^[a-z]{1,20}$/), Confidence: fc.integer({ min: 0, max: 100 }) });
const minute = fc.integer({ min: 1, max: 50 });

it('a finding that is refused leaves the hub as it is, and the others of its call are imported', async () => {
  await fc.assert(
    fc.asyncProperty(broken, intact, minute, fc.boolean(), async (bad, good, minutes, badFirst) => {
      const UpdatedAt = new Date(Date.parse('2026-03-01T09:00:00Z') + minutes * 60_000).toISOString();
      const hub = createHub();
      await hub.batchImport(FINDING, { ...FINDING, Id: 'other' });
      const before = hub.findings();
      const refused: AwsSecurityFinding = { ...FINDING, UpdatedAt, ...bad };
      expect(await hub.batchImport(refused)).toMatchObject({ SuccessCount: 0, FailedCount: 1 });
      expect(hub.findings()).toEqual(before);
      expect(hub.events).toHaveLength(2);

      const taken = { ...FINDING, ...good, Id: 'other', UpdatedAt };
      const { FailedFindings } = await hub.batchImport(...(badFirst ? [refused, taken] : [taken, refused]));
      expect(FailedFindings?.map(({ Id }) => Id)).toEqual(['finding-1']);
      expect(hub.findings()[0]).toEqual(before[0]);
      expect(hub.findings()[1]).toMatchObject(good);
      expect(hub.events).toHaveLength(3);
    }),
    { numRuns: 60 },
  );
});
