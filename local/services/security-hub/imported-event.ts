/** Security Hub's "Security Hub Findings - Imported" event: one for each finding that is created or changed. */
import { randomUUID } from 'node:crypto';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { EventEnvelope } from '../event-bridge.ts';
import type { Hub } from './import-rules.ts';

/** As JSON carries it: without the members that have no value. */
const plain = (finding: AwsSecurityFinding): unknown => JSON.parse(JSON.stringify(finding));

export const importedEventFrom = (
  finding: AwsSecurityFinding,
  { account, region }: Hub,
  time: Date,
): EventEnvelope => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Security Hub Findings - Imported',
  source: 'aws.securityhub',
  account,
  time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [`${finding.ProductArn}/${finding.Id}`],
  detail: { findings: [plain(finding)] },
});
