/** How large a finding, and a call that imports some, may be. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

const MAX_FINDING_BYTES = 240 * 1024;
const MAX_BATCH_BYTES = 6 * 1024 * 1024;
/** Code points of one text, whatever its field allows. */
export const MAX_TEXT_LENGTH = 32767;

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

export const isTooLarge = (finding: AwsSecurityFinding): boolean => jsonBytes(finding) > MAX_FINDING_BYTES;

export const isBatchTooLarge = (findings: readonly AwsSecurityFinding[]): boolean =>
  jsonBytes(findings) > MAX_BATCH_BYTES;

/**
 * What Security Hub does with a finding that it makes or fetches itself: over 240 KB it goes without the details of its
 * resources. An import of that size is refused, as the API's reference says.
 */
export const withoutExcessDetails = (finding: AwsSecurityFinding): AwsSecurityFinding =>
  isTooLarge(finding)
    ? { ...finding, Resources: finding.Resources?.map(({ Details: _, ...resource }) => resource) }
    : finding;
