/** An object as it was sent, freed of the encoding it was sent in, and whole. */
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError, notImplemented } from '../endpoint/aws-error.ts';
import { unchunk } from './aws-chunked.ts';
import { checkChecksums } from './checksums.ts';

export interface SentObject {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const CHUNKED = 'aws-chunked';

/** What S3 gives an object whose sender names no type. */
const USUAL_TYPE = 'binary/octet-stream';

/** The embedded server reads bodies of these types as calls to SQS and SNS. */
const TYPES_OF_CALLS = /^application\/(x-amz-json-1\.0|x-www-form-urlencoded)\b/i;

const encodingsOf = (headers: IncomingHttpHeaders): readonly string[] =>
  (headers['content-encoding'] ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '');

const plain = ({ headers, body }: SentObject): SentObject => {
  const encodings = encodingsOf(headers);
  if (!encodings.includes(CHUNKED)) return { headers, body };
  const {
    'content-encoding': _,
    'x-amz-trailer': announced,
    'x-amz-decoded-content-length': length,
    ...kept
  } = headers;
  const unchunked = unchunk(body);
  if (length !== undefined && Number(length) !== unchunked.body.length)
    throw new AwsError('IncompleteBody', 'You did not provide the number of bytes that you announced.', {
      status: 400,
    });
  if (typeof announced === 'string' && unchunked.trailers[announced.toLowerCase()] === undefined)
    throw new AwsError('MalformedTrailerError', `The body is not followed by ${announced}.`, { status: 400 });
  const rest = encodings.filter((encoding) => encoding !== CHUNKED).join(',');
  return {
    headers: { ...kept, ...unchunked.trailers, ...(rest !== '' && { 'content-encoding': rest }) },
    body: unchunked.body,
  };
};

/** Throws an AwsError for a body that is cut short or does not have the checksum that came with it. */
export const readSentObject = (sent: SentObject): SentObject => {
  const { headers, body } = plain(sent);
  const type = headers['content-type'] ?? USUAL_TYPE;
  if (TYPES_OF_CALLS.test(type)) throw notImplemented(`s3 objects of the type ${type}`);
  checkChecksums(headers, body);
  return { headers: { ...headers, 'content-type': type }, body };
};
