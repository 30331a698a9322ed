/** How each service says that it was called too often: the code, the status and the words that callers get from AWS. */
import { AwsError } from '../endpoint/aws-error.ts';

interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

const USUAL: Refusal = { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' };

/** Only what differs from the usual. */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  // In no model of Security Hub, but what callers report: github.com/prowler-cloud/prowler/issues/5004.
  ['securityhub', { code: 'TooManyRequestsException', status: 429, message: 'Too Many Requests' }],
  // The status is that of its model.
  ['inspector2', { ...USUAL, status: 429 }],
  ['s3', { code: 'SlowDown', status: 503, message: 'Please reduce your request rate.' }],
  ['sts', { ...USUAL, code: 'Throttling' }],
  ['iam', { ...USUAL, code: 'Throttling' }],
]);

export const throttlingError = (service: string): AwsError => {
  const { code, status, message } = REFUSALS.get(service) ?? USUAL;
  return new AwsError(code, message, { status });
};
