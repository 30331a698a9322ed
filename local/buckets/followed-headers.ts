/** Holds a request's headers to what the buckets can follow: a wish that would be passed over is refused by its name. */
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError, notImplemented } from '../endpoint/aws-error.ts';

/** Who calls, how the body is sent and checked, and the object's own metadata. */
const FOLLOWED =
  /^x-amz-(date|content-sha256|user-agent|security-token|trailer|decoded-content-length|sdk-checksum-algorithm|checksum-(mode|crc32|crc32c|crc64nvme|sha1|sha256)|meta-.+)$/;
const OWNER = 'x-amz-expected-bucket-owner';

/** Followed when an object is read, and nowhere else. */
const ON_READING: ReadonlySet<string> = new Set([
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'range',
]);

const NEVER: ReadonlySet<string> = new Set(['expires']);

/** S3's documented limit for all of an object's own metadata, names and values together. */
const MAX_METADATA_BYTES = 2 * 1024;
const METADATA = 'x-amz-meta-';

const metadataBytes = (headers: IncomingHttpHeaders): number =>
  Object.entries(headers)
    .filter(([name]) => name.startsWith(METADATA))
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name.slice(METADATA.length) + String(value)), 0);

const isFollowed = (operation: string, name: string): boolean => {
  if (name.startsWith('x-amz-')) return FOLLOWED.test(name) || name === OWNER;
  if (ON_READING.has(name)) return operation === 'GetObject';
  return !NEVER.has(name);
};

/** `account`: whose the buckets are. Throws an AwsError. */
export const checkHeaders = (operation: string, headers: IncomingHttpHeaders, account: string): void => {
  const wish = Object.keys(headers).find((name) => !isFollowed(operation, name));
  if (wish !== undefined) throw notImplemented(`s3 ${operation} with ${wish}`);
  if (![undefined, account].includes(headers[OWNER]?.toString()))
    throw new AwsError('AccessDenied', 'The bucket has another owner than expected.', { status: 403 });
  if (metadataBytes(headers) > MAX_METADATA_BYTES)
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      status: 400,
    });
};
