/** S3: each request is read, checked and admitted here, and answered by the embedded server. */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { AwsError } from '../endpoint/aws-error.ts';
import { credentialScopeOf } from '../endpoint/credential-scope.ts';
import type { AwsCall, FinishedCall } from '../endpoint/endpoint.ts';
import { readBody } from '../endpoint/read-body.ts';
import type { Handle } from '../front.ts';
import type { QueueOperations, WireResponse } from '../queues/protocol.ts';
import { writeS3Error } from './error-xml.ts';
import { checkHeaders } from './followed-headers.ts';
import { embeddedUrl, readS3Request, type S3Request } from './s3-request.ts';
import { readSentObject, type SentObject } from './sent-object.ts';

export interface BucketsOptions {
  /** 12 digits. */
  readonly account: string;
  /** Throws an AwsError to refuse the call. */
  readonly admit: (call: AwsCall) => void;
  /** The same, for a right that the call shows to be missing only once it is answered. */
  readonly authorize: (call: AwsCall) => void;
  /** Told of every call, refused or answered. */
  readonly onCall: (call: FinishedCall) => void;
  readonly wire: QueueOperations['wire'];
}

/** S3 itself takes 5 GB at once; what is kept here is kept in memory. */
const MAX_BYTES = 64 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders | Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

interface Sent {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | 'too-large';
}

const READS: ReadonlySet<string> = new Set(['GetObject', 'HeadObject']);

/** What it refuses as S3 it says in XML; in JSON it says what went wrong before that, or after. */
const isFault = ({ status, headers }: WireResponse): boolean =>
  status >= 500 || (status >= 400 && String(headers['content-type']).startsWith('application/json'));

const inputOf = ({ bucket, key, parameters }: S3Request): object => ({
  ...(bucket !== undefined && { Bucket: bucket }),
  ...(key !== undefined && { Key: key }),
  ...(parameters.has('prefix') && { Prefix: parameters.get('prefix') }),
  ...(parameters.has('delimiter') && { Delimiter: parameters.get('delimiter') }),
});

/** Only objects come with a body that is kept; what a new bucket is wished to be is not followed. */
const sentObject = ({ operation }: S3Request, { headers, body }: SentObject): SentObject => {
  if (operation === 'PutObject') return readSentObject({ headers, body });
  const { 'content-type': _, ...others } = headers;
  return { headers: others, body: Buffer.alloc(0) };
};

export const createBuckets = ({ account, admit, authorize, onCall, wire }: BucketsOptions): Handle => {
  /** S3 does not tell what is not in a bucket to a caller who may not list it. */
  const hideAbsence = (call: AwsCall, { operation, bucket }: S3Request, { status }: WireResponse): void => {
    if (status === 404 && READS.has(operation))
      authorize({ ...call, operation: 'ListObjectsV2', input: { Bucket: bucket } });
  };

  /** The embedded server would say that it made it. */
  const refuseExisting = async (url: string): Promise<void> => {
    const { status } = await wire({ method: 'HEAD', url, headers: {}, body: Buffer.alloc(0) });
    if (status === 200)
      throw new AwsError('BucketAlreadyOwnedByYou', 'The bucket that you tried to create is there, and yours.', {
        status: 409,
      });
  };

  const answer = async (call: AwsCall, asked: S3Request, { method, headers, body }: Sent): Promise<Answer> => {
    if (body === 'too-large')
      throw new AwsError('EntityTooLarge', `An object may have ${MAX_BYTES} bytes here.`, { status: 400 });
    admit(call);
    checkHeaders(asked.operation, headers, account);
    if (asked.operation === 'CreateBucket') await refuseExisting(embeddedUrl(asked));
    const answered = await wire({ method, url: embeddedUrl(asked), ...sentObject(asked, { headers, body }) });
    if (isFault(answered)) throw new Error(`the embedded server failed at s3 ${asked.operation}`);
    hideAbsence(call, asked, answered);
    return answered;
  };

  const answerCall = async (url: string, scope: Omit<AwsCall, 'operation' | 'input'>, sent: Sent): Promise<Answer> => {
    const [resource = '/'] = url.split('?');
    let call: AwsCall = { ...scope, operation: `${sent.method} ${resource}`, input: undefined };
    try {
      const asked = readS3Request({ url, ...sent });
      call = { ...call, operation: asked.operation, input: inputOf(asked) };
      const answered = await answer(call, asked, sent);
      onCall(call);
      return answered;
    } catch (error) {
      onCall({ ...call, error });
      if (!(error instanceof AwsError)) throw error;
      return writeS3Error(error, { method: sent.method, resource, requestId: randomUUID() });
    }
  };

  return async (request: IncomingMessage, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const scope = credentialScopeOf(headers.authorization);
    const body = await readBody(request, MAX_BYTES);
    if (body === 'caller-gone') return;
    const answered =
      scope === undefined
        ? writeS3Error(new AwsError('AccessDenied', 'The request is not signed.', { status: 403 }), {
            method,
            resource: url,
            requestId: randomUUID(),
          })
        : await answerCall(url, scope, { method, headers, body });
    response.writeHead(answered.status, answered.headers).end(answered.body);
  };
};
