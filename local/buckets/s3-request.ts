/** A request to S3 as it is read from the wire: which operation, of which bucket and key, with which parameters. */
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError, notImplemented } from '../endpoint/aws-error.ts';

export interface S3Request {
  readonly operation: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Those that the operation takes. */
  readonly parameters: ReadonlyMap<string, string>;
}

export interface S3WireRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

type Level = 'service' | 'bucket' | 'object';

interface Offered {
  readonly operation: string;
  readonly method: string;
  readonly level: Level;
  /** The parameter that tells it from others of the same method and level. */
  readonly selector?: string;
  readonly parameters: readonly string[];
}

/** Clients that encode keys in lists decode them only where the answer says that they are encoded; ours says nothing. */
const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];

/** In the order in which they are tried. */
const OFFERED: readonly Offered[] = [
  { operation: 'ListBuckets', method: 'GET', level: 'service', parameters: [] },
  { operation: 'CreateBucket', method: 'PUT', level: 'bucket', parameters: [] },
  { operation: 'DeleteBucket', method: 'DELETE', level: 'bucket', parameters: [] },
  { operation: 'HeadBucket', method: 'HEAD', level: 'bucket', parameters: [] },
  {
    operation: 'ListObjectsV2',
    method: 'GET',
    level: 'bucket',
    selector: 'list-type',
    parameters: [...LISTING, 'list-type', 'start-after', 'continuation-token'],
  },
  { operation: 'ListObjects', method: 'GET', level: 'bucket', parameters: [...LISTING, 'marker'] },
  { operation: 'PutObject', method: 'PUT', level: 'object', parameters: [] },
  { operation: 'GetObject', method: 'GET', level: 'object', parameters: [] },
  { operation: 'HeadObject', method: 'HEAD', level: 'object', parameters: [] },
  { operation: 'DeleteObject', method: 'DELETE', level: 'object', parameters: [] },
];

export const S3_OPERATIONS: readonly string[] = OFFERED.map(({ operation }) => operation);

/** The SDK's own word for the operation, which S3 passes over. */
const PASSED_OVER = 'x-id';

/** S3's documented limit, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", { status: 400 });
  }
};

/** Every segment stays as it was sent: `a/../b` is a key like any other. */
const readPath = (path: string): Pick<S3Request, 'bucket' | 'key'> => {
  const [, bucket = '', ...rest] = path.split('/');
  const key = decoded(rest.join('/'));
  if (Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw new AwsError('KeyTooLongError', 'Your key is too long', { status: 400 });
  // The embedded server would take either for a step up the path.
  if (key === '.' || key === '..') throw notImplemented(`the key ${key}`);
  return { bucket: bucket === '' ? undefined : decoded(bucket), key: key === '' ? undefined : key };
};

const levelOf = ({ bucket, key }: Pick<S3Request, 'bucket' | 'key'>): Level => {
  if (bucket === undefined) return 'service';
  return key === undefined ? 'bucket' : 'object';
};

const PATH_STYLE_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/** Throws NotImplemented for what the runtime does not offer, and S3's own errors for what S3 does not take either. */
export const readS3Request = ({ method, url, headers }: S3WireRequest): S3Request => {
  if (!PATH_STYLE_HOST.test(headers.host ?? ''))
    throw notImplemented('buckets in the name of the host; the client takes forcePathStyle');
  const [path = '/', ...query] = url.split('?');
  const target = readPath(path);
  const parameters = new Map(new URLSearchParams(query.join('?')));
  parameters.delete(PASSED_OVER);
  const level = levelOf(target);
  const offered = OFFERED.find(
    (one) =>
      one.method === method &&
      one.level === level &&
      (one.selector === undefined || parameters.has(one.selector)) &&
      [...parameters.keys()].every((name) => one.parameters.includes(name)),
  );
  if (offered === undefined) {
    const named = [...parameters.keys()].map((name) => ` ${name}`).join('');
    throw notImplemented(
      `s3 ${method} of ${level === 'object' ? 'an object' : `a ${level}`}${named && ` with${named}`}`,
    );
  }
  if (!/^\d*$/.test(parameters.get('max-keys') ?? ''))
    throw new AwsError('InvalidArgument', 'Provided max-keys not an integer or within integer range', { status: 400 });
  return { operation: offered.operation, ...target, parameters };
};

/** The same request in the one spelling that leaves the embedded server nothing to read in another way. */
export const embeddedUrl = ({ bucket, key, parameters }: S3Request): string => {
  const path = [bucket, key].flatMap((part) => (part === undefined ? [] : [encodeURIComponent(part)])).join('/');
  const query = new URLSearchParams([...parameters]).toString();
  return `/${path}${query === '' ? '' : `?${query}`}`;
};
