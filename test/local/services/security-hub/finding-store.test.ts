import { describe, expect, it } from 'vitest';
import { createHub, FINDING } from './hub-findings.ts';

describe('a finding expires', () => {
  it.each([
    ['ACTIVE', 90],
    ['ARCHIVED', 30],
  ] as const)('when it is %s and nobody has changed it for more than %i days', async (RecordState, days) => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, RecordState });
    hub.advanceDays(days);
    expect(hub.findings()).toHaveLength(1);
    hub.advanceDays(1);
    expect(hub.findings()).toEqual([]);
  });

  it('later when its provider’s time is later than that of its processing', async () => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, UpdatedAt: '2026-03-11T10:00:00Z' });
    hub.advanceDays(100);
    expect(hub.findings()).toHaveLength(1);
    hub.advanceDays(1);
    expect(hub.findings()).toEqual([]);
  });

  it('not when it is imported again in time', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING);
    hub.advanceDays(60);
    await hub.batchImport({ ...FINDING, UpdatedAt: '2026-03-01T09:00:01Z' });
    hub.advanceDays(60);
    expect(hub.findings()).toHaveLength(1);
  });

  it('and is then unknown to an update', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING);
    hub.advanceDays(91);
    expect(await hub.batchUpdate({ Confidence: 1 })).toMatchObject({
      UnprocessedFindings: [{ ErrorCode: 'FindingNotFound', ErrorMessage: 'Finding Not Found' }],
    });
  });

  it('and is new when it is imported after that, even with its old time', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING);
    await hub.batchUpdate({ Workflow: { Status: 'SUPPRESSED' }, UserDefinedFields: { a: 'b' } });
    hub.advanceDays(91);
    await hub.batchImport(FINDING);
    expect(hub.findings()).toMatchObject([{ Workflow: { Status: 'NEW' } }]);
    expect(hub.findings()[0]?.UserDefinedFields).toBeUndefined();
  });
});

describe('a hub that is eventually consistent', () => {
  it('shows a finding to who reads only after a while, and to who writes at once', async () => {
    const hub = createHub({ lagMs: 24 * 60 * 60 * 1000 });
    await hub.batchImport(FINDING);
    expect(await hub.getFindings()).toEqual([]);
    expect((await hub.batchUpdate({ Criticality: 7 })).ProcessedFindings).toHaveLength(1);
    hub.advanceDays(1);
    expect(await hub.getFindings()).toMatchObject([{ Id: 'finding-1', Criticality: 7 }]);
  });
});
