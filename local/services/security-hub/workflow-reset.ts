/** When Security Hub sets a finding's workflow back by itself, because the finding needs to be looked at again. */
import type { AwsSecurityFinding, ComplianceStatus, WorkflowStatus } from '@aws-sdk/client-securityhub';

const NOT_PASSED: ReadonlySet<ComplianceStatus | undefined> = new Set<ComplianceStatus>([
  'FAILED',
  'WARNING',
  'NOT_AVAILABLE',
]);

const isOpenAgain = (before: AwsSecurityFinding, after: AwsSecurityFinding): boolean =>
  (before.RecordState === 'ARCHIVED' && after.RecordState === 'ACTIVE') ||
  (before.Compliance?.Status === 'PASSED' && NOT_PASSED.has(after.Compliance?.Status));

/** The status after an import that makes `before` into `after`: what is suppressed stays so. */
export const workflowAfter = (before: AwsSecurityFinding, after: AwsSecurityFinding): WorkflowStatus => {
  const status = before.Workflow?.Status ?? 'NEW';
  return status !== 'SUPPRESSED' && isOpenAgain(before, after) ? 'NEW' : status;
};
