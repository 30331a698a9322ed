/** Findings for the tests of the local Security Hub, and a hub that they are handed to without a server. */
import type {
  AwsSecurityFinding,
  BatchImportFindingsResponse,
  BatchUpdateFindingsRequest,
  BatchUpdateFindingsResponse,
  GetFindingsResponse,
} from '@aws-sdk/client-securityhub';
import type { EventEnvelope } from '../../../../local/services/event-bridge.ts';
import { createSecurityHub, type SecurityHubOptions } from '../../../../local/services/security-hub/security-hub.ts';

export const HUB = { account: '111122223333', region: 'eu-west-1' };
export const PRODUCT = 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default';
export const NATIVE_PRODUCT = 'arn:aws:securityhub:eu-west-1::product/aws/inspector';

export const FINDING: AwsSecurityFinding = {
  SchemaVersion: '2018-10-08',
  Id: 'finding-1',
  ProductArn: PRODUCT,
  GeneratorId: 'generator',
  AwsAccountId: '111122223333',
  CreatedAt: '2026-03-01T09:00:00Z',
  UpdatedAt: '2026-03-01T09:00:00Z',
  Title: 'A title',
  Description: 'A description',
  FindingProviderFields: {
    Severity: { Label: 'HIGH', Original: '7.5' },
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
  },
  Resources: [{ Type: 'Other', Id: 'resource' }],
};

const CALLER = { accessKeyId: 'AKIDLOCAL', region: HUB.region };

export const createHub = (change: Partial<SecurityHubOptions> = {}) => {
  let now = Date.parse('2026-03-01T10:00:00.000Z');
  const events: EventEnvelope[] = [];
  const hub = createSecurityHub({
    ...HUB,
    clock: { now: () => new Date(now) },
    lagMs: 0,
    putEvent: (event) => void events.push(event),
    onFault: (error) => {
      throw error;
    },
    ...change,
  });
  return {
    ...hub,
    events,
    advanceDays: (days: number) => {
      now += days * 24 * 60 * 60 * 1000;
    },
    batchImport: async (...Findings: AwsSecurityFinding[]) =>
      (await hub.handlers.BatchImportFindings?.({ Findings }, CALLER)) as BatchImportFindingsResponse,
    getFindings: async () =>
      ((await hub.handlers.GetFindings?.({}, CALLER)) as GetFindingsResponse | undefined)?.Findings,
    batchUpdate: async (update: Partial<BatchUpdateFindingsRequest>) =>
      (await hub.handlers.BatchUpdateFindings?.(
        { FindingIdentifiers: [{ Id: 'finding-1', ProductArn: PRODUCT }], ...update },
        CALLER,
      )) as BatchUpdateFindingsResponse,
  };
};
