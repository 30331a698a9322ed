/** The times of a finding: which forms Security Hub takes, and how exactly it keeps them. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { textsAt } from '../values-at.ts';

/** Up to nine digits after the second, and an offset of up to 18 hours, with or without the colon. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-](0\d|1[0-7]):?[0-5]\d|[+-]18:?00)$/;

const TIMES = [
  'CreatedAt',
  'UpdatedAt',
  'FirstObservedAt',
  'LastObservedAt',
  'ProcessedAt',
  'Note.UpdatedAt',
  'Process.LaunchedAt',
  'Process.TerminatedAt',
  'ThreatIntelIndicators.LastObservedAt',
  'Vulnerabilities.LastKnownExploitAt',
  'Vulnerabilities.Vendor.VendorCreatedAt',
  'Vulnerabilities.Vendor.VendorUpdatedAt',
];

const isTime = (text: string): boolean => TIMESTAMP.test(text) && !Number.isNaN(Date.parse(text));

export const timeProblems = (finding: AwsSecurityFinding): readonly string[] =>
  TIMES.filter((path) => textsAt(finding, path).some((text) => !isTime(text))).map(
    (path) => `data.${path} should match format "date-time"`,
  );

const inMilliseconds = (text: string | undefined): string | undefined => text?.replace(/(\.\d{3})\d+/, '$1');

/** Nanoseconds are cut to milliseconds. */
export const withExactTimes = (finding: AwsSecurityFinding): AwsSecurityFinding => ({
  ...finding,
  CreatedAt: inMilliseconds(finding.CreatedAt),
  UpdatedAt: inMilliseconds(finding.UpdatedAt),
  FirstObservedAt: inMilliseconds(finding.FirstObservedAt),
  LastObservedAt: inMilliseconds(finding.LastObservedAt),
});
