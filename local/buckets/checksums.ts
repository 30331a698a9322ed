/** The checksums that come with a body, each held against it. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { AwsError } from '../endpoint/aws-error.ts';

const crc32Of = (body: Buffer): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
};

const hashOf =
  (algorithm: string, encoding: 'base64' | 'hex') =>
  (body: Buffer): string =>
    createHash(algorithm).update(body).digest(encoding);

interface Checksum {
  readonly header: string;
  readonly of: (body: Buffer) => string;
  readonly code: string;
}

/** CRC-32C and CRC-64/NVME are not among them: Node has neither, and they are taken as they come. */
const CHECKSUMS: readonly Checksum[] = [
  { header: 'content-md5', of: hashOf('md5', 'base64'), code: 'BadDigest' },
  { header: 'x-amz-checksum-crc32', of: crc32Of, code: 'BadDigest' },
  { header: 'x-amz-checksum-sha1', of: hashOf('sha1', 'base64'), code: 'BadDigest' },
  { header: 'x-amz-checksum-sha256', of: hashOf('sha256', 'base64'), code: 'BadDigest' },
];

const SIGNED: Checksum = {
  header: 'x-amz-content-sha256',
  of: hashOf('sha256', 'hex'),
  code: 'XAmzContentSHA256Mismatch',
};
const HEX_SHA256 = /^[0-9a-f]{64}$/;

/** Throws an AwsError for the first that does not fit. `headers`: trailers among them. */
export const checkChecksums = (headers: IncomingHttpHeaders, body: Buffer): void => {
  // Other values say that the body is not signed, or is signed chunk by chunk.
  const signed = HEX_SHA256.test(String(headers[SIGNED.header])) ? [SIGNED] : [];
  for (const { header, of, code } of [...signed, ...CHECKSUMS]) {
    const told = headers[header];
    if (told !== undefined && told !== of(body))
      throw new AwsError(code, `The ${header} that you specified does not match the body that was received.`, {
        status: 400,
      });
  }
};
