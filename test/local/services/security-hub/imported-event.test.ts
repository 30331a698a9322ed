import { describe, expect, it } from 'vitest';
import { createHub, FINDING, NATIVE_PRODUCT, PRODUCT } from './hub-findings.ts';

const idsOf = (events: readonly { readonly resources: readonly string[] }[]) =>
  events.flatMap(({ resources }) => resources);

describe('the event of a finding', () => {
  it('has the form that Security Hub gives it', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING);
    expect(hub.events).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Security Hub Findings - Imported',
        source: 'aws.securityhub',
        account: '111122223333',
        time: '2026-03-01T10:00:00Z',
        region: 'eu-west-1',
        resources: [`${PRODUCT}/finding-1`],
        detail: {
          findings: [
            {
              ...FINDING,
              Region: 'eu-west-1',
              ProductName: 'Default',
              CompanyName: 'Personal',
              RecordState: 'ACTIVE',
              ProcessedAt: '2026-03-01T10:00:00.000Z',
              Severity: { Label: 'HIGH', Original: '7.5', Normalized: 70 },
              Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
              Workflow: { Status: 'NEW' },
            },
          ],
        },
      },
    ]);
  });

  it('is one for each that an import creates, and none for those that it refuses or names twice', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING, { ...FINDING, Title: '' }, { ...FINDING, Id: 'finding-2' }, FINDING);
    expect(idsOf(hub.events)).toEqual([`${PRODUCT}/finding-1`, `${PRODUCT}/finding-2`]);
  });

  it('comes when an import changes it, and not when the import is stale', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING);
    await hub.batchImport(FINDING);
    expect(hub.events).toHaveLength(1);
    await hub.batchImport({ ...FINDING, UpdatedAt: '2026-03-01T09:00:01Z', Title: 'Another title' });
    expect(hub.events).toHaveLength(2);
    expect(hub.events[1]?.detail).toMatchObject({ findings: [{ Title: 'Another title' }] });
  });

  it('comes when a customer changes it, and not for one that is unknown', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING);
    const FindingIdentifiers = ['unknown', 'finding-1'].map((Id) => ({ Id, ProductArn: PRODUCT }));
    await hub.batchUpdate({ FindingIdentifiers, Workflow: { Status: 'NOTIFIED' } });
    expect(idsOf(hub.events)).toEqual([`${PRODUCT}/finding-1`, `${PRODUCT}/finding-1`]);
    expect(hub.events[1]?.detail).toMatchObject({ findings: [{ Workflow: { Status: 'NOTIFIED' } }] });
  });

  it('comes under its product when one of AWS’s own integrations writes it', async () => {
    const hub = createHub();
    await hub.receiveNative({ ...FINDING, ProductArn: NATIVE_PRODUCT });
    expect(idsOf(hub.events)).toEqual([`${NATIVE_PRODUCT}/finding-1`]);
  });

  it('is put when the hub already has the finding', async () => {
    const seen: number[] = [];
    const hub = createHub({ putEvent: () => void seen.push(hub.findings().length) });
    await hub.batchImport(FINDING, { ...FINDING, Id: 'finding-2' });
    expect(seen).toEqual([2, 2]);
  });

  it('that cannot be put is told to whom it concerns, each one, and the call succeeds', async () => {
    const faults: unknown[] = [];
    const lost = new Error('lost');
    const hub = createHub({
      putEvent: async () => {
        throw lost;
      },
      onFault: (error) => faults.push(error),
    });
    expect(await hub.batchImport(FINDING, { ...FINDING, Id: 'finding-2' })).toMatchObject({ SuccessCount: 2 });
    await hub.batchUpdate({ Confidence: 1 });
    await hub.receiveNative({ ...FINDING, ProductArn: NATIVE_PRODUCT });
    expect(faults).toEqual([lost, lost, lost, lost]);
    expect(hub.findings()).toHaveLength(3);
  });
});
