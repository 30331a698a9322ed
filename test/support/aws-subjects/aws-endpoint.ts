/** Where a party answers that speaks the API of AWS, as SDK clients take it. */
export interface AwsEndpoint {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

export const ACCOUNT = '111122223333';

/** The endpoint at a URL, with keys that any emulator takes. */
export const awsEndpoint = (endpoint: string): AwsEndpoint => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'any' },
  maxAttempts: 1,
});
