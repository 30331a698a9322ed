import type { AwsSecurityFinding, ComplianceStatus, WorkflowStatus } from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { createHub, FINDING, NATIVE_PRODUCT } from './hub-findings.ts';

const later = (change: Partial<AwsSecurityFinding>): AwsSecurityFinding => ({
  ...FINDING,
  UpdatedAt: '2026-03-01T09:30:00Z',
  ...change,
});

describe('the workflow of a finding that is imported again', () => {
  it.each<[WorkflowStatus, WorkflowStatus]>([
    ['NEW', 'NEW'],
    ['NOTIFIED', 'NEW'],
    ['RESOLVED', 'NEW'],
    ['SUPPRESSED', 'SUPPRESSED'],
  ])('%s is %s when it was archived and is active again', async (Status, after) => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, RecordState: 'ARCHIVED' });
    await hub.batchUpdate({ Workflow: { Status } });
    await hub.batchImport(later({ RecordState: 'ACTIVE' }));
    expect(hub.findings()[0]).toMatchObject({ RecordState: 'ACTIVE', Workflow: { Status: after } });
  });

  it('begins anew when the import says nothing of a record state, because then the finding is active', async () => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, RecordState: 'ARCHIVED', Workflow: { Status: 'RESOLVED' } });
    await hub.batchImport(later({}));
    expect(hub.findings()[0]?.Workflow).toEqual({ Status: 'NEW' });
  });

  it.each<[ComplianceStatus, ComplianceStatus, WorkflowStatus]>([
    ['PASSED', 'FAILED', 'NEW'],
    ['PASSED', 'WARNING', 'NEW'],
    ['PASSED', 'NOT_AVAILABLE', 'NEW'],
    ['PASSED', 'PASSED', 'RESOLVED'],
    ['FAILED', 'FAILED', 'RESOLVED'],
    ['WARNING', 'FAILED', 'RESOLVED'],
  ])('from compliance %s to %s makes RESOLVED %s', async (before, after, status) => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, Compliance: { Status: before } });
    await hub.batchUpdate({ Workflow: { Status: 'RESOLVED' } });
    await hub.batchImport(later({ Compliance: { Status: after } }));
    expect(hub.findings()[0]?.Workflow?.Status).toBe(status);
  });

  it.each(['ACTIVE', 'ARCHIVED'] as const)(
    'stays RESOLVED when the finding becomes %s from ACTIVE',
    async (RecordState) => {
      const hub = createHub();
      await hub.batchImport(FINDING);
      await hub.batchUpdate({ Workflow: { Status: 'RESOLVED' } });
      await hub.batchImport(later({ RecordState }));
      expect(hub.findings()[0]?.Workflow?.Status).toBe('RESOLVED');
    },
  );
});

describe('what stands beside the provider’s fields', () => {
  const both = { Confidence: 10, FindingProviderFields: { ...FINDING.FindingProviderFields, Confidence: 20 } };

  it('is not looked at in a new finding', async () => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, ...both, Severity: { Label: 'LOW', Product: 3 } });
    const [finding] = hub.findings();
    expect(finding).toMatchObject({ Confidence: 20, FindingProviderFields: { Confidence: 20 } });
    expect(finding?.Severity).toEqual({ Label: 'HIGH', Original: '7.5', Normalized: 70 });
  });

  it('counts in a finding that exists, and so do they', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING);
    await hub.batchImport(later(both));
    expect(hub.findings()[0]).toMatchObject({ Confidence: 10, FindingProviderFields: { Confidence: 20 } });
  });

  it('gives way to what the customer has set', async () => {
    const hub = createHub();
    await hub.batchImport(FINDING);
    await hub.batchUpdate({ Confidence: 99 });
    await hub.batchImport(later(both));
    expect(hub.findings()[0]).toMatchObject({ Confidence: 99, FindingProviderFields: { Confidence: 20 } });
  });

  it('becomes one of them where they leave it out', async () => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, Criticality: 7 });
    expect(hub.findings()[0]?.FindingProviderFields?.Criticality).toBe(7);
  });
});

describe('what the hub itself fills in', () => {
  it('is the Region, whatever the provider says', async () => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, Region: 'us-east-1' });
    expect(hub.findings()[0]?.Region).toBe('eu-west-1');
  });

  it('is a time in milliseconds', async () => {
    const hub = createHub();
    await hub.batchImport({ ...FINDING, UpdatedAt: '2026-03-01T09:00:00.123456789Z' });
    expect(hub.findings()[0]?.UpdatedAt).toBe('2026-03-01T09:00:00.123Z');
  });
});

describe('a finding of more than 240 KB', () => {
  const Other = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key ${index}`, 'x'.repeat(1000)]));
  const large = {
    ...FINDING,
    Resources: Array.from({ length: 5 }, (_, id) => ({ Type: 'Other', Id: `r-${id}`, Details: { Other } })),
  };

  it('is refused when it is imported', async () => {
    const hub = createHub();
    expect(await hub.batchImport(large)).toMatchObject({ FailedFindings: [{ ErrorCode: 'InvalidInput' }] });
    expect(hub.findings()).toEqual([]);
  });

  it('loses the details of its resources when one of AWS’s own integrations writes it', async () => {
    const hub = createHub();
    await hub.receiveNative({ ...large, ProductArn: NATIVE_PRODUCT });
    expect(hub.findings()[0]?.Resources?.map((resource) => [resource.Id, resource.Details])).toEqual(
      ['r-0', 'r-1', 'r-2', 'r-3', 'r-4'].map((id) => [id, undefined]),
    );
  });

  it('is what an update may not make of it: the update fails for that finding alone', async () => {
    const hub = createHub();
    const almost = { ...large, Resources: large.Resources.slice(0, 4), SourceUrl: 'x'.repeat(30_000) };
    await hub.batchImport(almost, { ...FINDING, Id: 'small' });
    const [before] = hub.findings();
    const UserDefinedFields = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`key ${index}`, 'x'.repeat(1000)]),
    );
    const identifiers = ['finding-1', 'small'].map((Id) => ({ Id, ProductArn: FINDING.ProductArn }));
    expect(await hub.batchUpdate({ FindingIdentifiers: identifiers, UserDefinedFields })).toEqual({
      ProcessedFindings: [identifiers[1]],
      UnprocessedFindings: [
        {
          FindingIdentifier: identifiers[0],
          ErrorCode: 'FindingSizeExceeded',
          ErrorMessage: 'Finding size exceeded 240 KB',
        },
      ],
    });
    expect(hub.findings()[0]).toEqual(before);
  });
});
