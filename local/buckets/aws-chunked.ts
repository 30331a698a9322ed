/** The encoding in which SDKs send a body whose checksum follows it: chunks with their sizes, then headers. */
import { AwsError } from '../endpoint/aws-error.ts';

export interface Unchunked {
  readonly body: Buffer;
  /** By name in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

const CRLF = '\r\n';
const SIZE = /^[0-9a-f]{1,8}$/i;

const incomplete = (): AwsError =>
  new AwsError('IncompleteBody', 'The request body terminated unexpectedly', { status: 400 });

const lineAt = (bytes: Buffer, from: number): string => {
  const end = bytes.indexOf(CRLF, from);
  if (end === -1) throw incomplete();
  return bytes.toString('latin1', from, end);
};

/** Without `chunk-signature`s, which nobody checks here. */
const sizeFrom = (line: string): number => {
  const [size = ''] = line.split(';');
  if (!SIZE.test(size)) throw incomplete();
  return Number.parseInt(size, 16);
};

const trailersFrom = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(CRLF).flatMap((line) => {
      const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.trim().toLowerCase(), value.trim()]];
    }),
  );

/** Throws IncompleteBody for what ends early or is no such encoding. */
export const unchunk = (bytes: Buffer): Unchunked => {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = lineAt(bytes, at);
    const start = at + line.length + CRLF.length;
    const end = start + sizeFrom(line);
    if (end === start) return { body: Buffer.concat(chunks), trailers: trailersFrom(bytes.toString('latin1', start)) };
    if (bytes.toString('latin1', end, end + CRLF.length) !== CRLF) throw incomplete();
    chunks.push(bytes.subarray(start, end));
    at = end + CRLF.length;
  }
};
