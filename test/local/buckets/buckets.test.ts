import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import {
  ChecksumAlgorithm,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { isThrottlingError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import type { AwsCall } from '../../../local/endpoint/endpoint.ts';
import { throttlingError } from '../../../local/throttling/throttling-error.ts';
import { ask, signedFor } from '../front-client.ts';
import { BUCKET, type BucketFront, startBuckets } from './bucket-front.ts';

let judge: (call: AwsCall) => void = () => undefined;
let judgeListing: (call: AwsCall) => void = () => undefined;
let front: BucketFront;
let s3: S3Client;
beforeAll(async () => {
  front = await startBuckets({ admit: (call) => judge(call), authorize: (call) => judgeListing(call) });
  s3 = front.client();
});
afterEach(() => {
  judge = () => undefined;
  judgeListing = () => undefined;
  front.calls.length = 0;
  expect(front.faults).toEqual([]);
});
afterAll(() => front.close());

const put = (Key: string, input: Partial<PutObjectCommandInput> = {}, client = s3) =>
  client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'content', ...input }));
const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
const read = async (Key: string, client = s3): Promise<string> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return (await Body?.transformToString()) ?? '';
};
const keysUnder = async (Prefix: string): Promise<readonly (string | undefined)[]> => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }));
  return Contents.map(({ Key }) => Key);
};

describe('an object', () => {
  it('is read as it was put, with its type, encoding and metadata', async () => {
    const Body = gzipSync('{"version":1}');
    await put('layers/v1/a.json.gz', {
      Body,
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
      Metadata: { state: 'scanned' },
    });
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'layers/v1/a.json.gz' }));
    expect(got).toMatchObject({
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
      ContentLength: Body.length,
      Metadata: { state: 'scanned' },
    });
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body);
    expect(await head('layers/v1/a.json.gz')).toMatchObject({
      ContentEncoding: 'gzip',
      ContentLength: Body.length,
      Metadata: { state: 'scanned' },
    });
  });

  it('is the last that was put, at once', async () => {
    await put('twice', { Body: 'first' });
    await put('twice', { Body: 'second', Metadata: { a: 'b' } });
    expect(await read('twice')).toBe('second');
  });

  it('is gone when it is deleted, also when it never was there', async () => {
    await put('gone');
    const deleted = () => s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'gone' }));
    expect((await deleted()).$metadata.httpStatusCode).toBe(204);
    expect((await deleted()).$metadata.httpStatusCode).toBe(204);
    await expect(read('gone')).rejects.toBeInstanceOf(NoSuchKey);
    await expect(head('gone')).rejects.toBeInstanceOf(NotFound);
  });

  it('has the type that S3 gives it where its sender names none', async () => {
    const headers = { authorization: signedFor('s3'), host: `127.0.0.1:${front.port}`, body: 'x' };
    expect((await ask(front.port, 'PUT', `/${BUCKET}/untyped`, headers)).status).toBe(200);
    expect((await head('untyped')).ContentType).toBe('binary/octet-stream');
  });

  it('may be empty', async () => {
    await put('empty', { Body: new Uint8Array() });
    expect(await read('empty')).toBe('');
    const headers = { authorization: signedFor('s3'), host: `127.0.0.1:${front.port}` };
    expect(await ask(front.port, 'PUT', `/${BUCKET}/empty-and-untyped`, headers)).toMatchObject({ status: 200 });
    expect((await head('empty-and-untyped')).ContentLength).toBe(0);
  });

  it('is read in parts', async () => {
    await put('ranged', { Body: '0123456789' });
    const { Body, ContentRange } = await s3.send(
      new GetObjectCommand({ Bucket: BUCKET, Key: 'ranged', Range: 'bytes=2-4' }),
    );
    expect([await Body?.transformToString(), ContentRange]).toEqual(['234', 'bytes 2-4/10']);
  });

  it.each<[string, string]>([
    ['many parts', 'images/111122223333/eu-west-1/team/app/0123/components.json.gz'],
    ['what a URL has to escape', 'with space and + and %2F and 100%'],
    ['empty parts', 'a//b/'],
    ['a step up', 'a/../b'],
    ['letters beyond ASCII', 'ümläut/日本'],
    ['what divides a URL', 'q?x=1&y#z'],
    ['1,024 bytes', 'k'.repeat(1024)],
  ])('may have a key with %s', async (_title, key) => {
    await put(key, { Body: key });
    expect(await read(key)).toBe(key);
    expect(await keysUnder(key)).toEqual([key]);
    expect(front.calls[0]?.input).toEqual({ Bucket: BUCKET, Key: key });
  });

  it('has up to 64 MiB', async () => {
    const large = Buffer.alloc(64 * 1024 * 1024, 'x');
    await put('large', { Body: large });
    expect((await head('large')).ContentLength).toBe(large.length);
    await expect(put('larger', { Body: Buffer.concat([large, large.subarray(0, 1)]) })).rejects.toMatchObject({
      name: 'EntityTooLarge',
    });
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'large' }));
  });
});

describe('a body with its checksum', () => {
  it.each(Object.values(ChecksumAlgorithm).filter((name) => ['CRC32', 'SHA1', 'SHA256'].includes(name)))(
    'in %s is taken, and the checksum told to who reads it',
    async (algorithm) => {
      await put('checked', { ChecksumAlgorithm: algorithm });
      const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'checked', ChecksumMode: 'ENABLED' }));
      expect(await got.Body?.transformToString()).toBe('content');
      expect(got[`Checksum${algorithm}` as 'ChecksumCRC32']).toEqual(expect.any(String));
    },
  );

  it('that follows it is taken off, and the encoding in which it came', async () => {
    const Body = Readable.from([Buffer.from('first, '), Buffer.from('second')]);
    await put('streamed', { Body, ContentLength: 13, ContentEncoding: 'gzip', Metadata: { a: 'b' } });
    expect(await read('streamed')).toBe('first, second');
    expect(await head('streamed')).toMatchObject({ ContentLength: 13, ContentEncoding: 'gzip', Metadata: { a: 'b' } });
  });

  it('may have none', async () => {
    await put('unchecked', {}, front.client({ requestChecksumCalculation: 'WHEN_REQUIRED' }));
    expect(await read('unchecked')).toBe('content');
  });

  it.each<[string, Partial<PutObjectCommandInput>]>([
    ['CRC-32', { ChecksumCRC32: 'AAAAAA==' }],
    ['SHA-1', { ChecksumSHA1: '2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['SHA-256', { ChecksumSHA256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }],
    ['MD5', { ContentMD5: '1B2M2Y8AsgTpgAmY7PhCfg==' }],
  ])('of another %s is refused', async (_title, checksum) => {
    await expect(put('damaged', checksum)).rejects.toMatchObject({
      name: 'BadDigest',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(head('damaged')).rejects.toBeInstanceOf(NotFound);
  });
});

describe('a list', () => {
  it('has the keys in the order of their bytes, page by page', async () => {
    for (const name of ['b', 'B', 'a', 'A/1', 'A/2', 'é']) await put(`list/${name}`);
    const pages: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'list/', Delimiter: '/', MaxKeys: 2, ContinuationToken }),
      );
      const keys = [
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        ...(page.Contents ?? []).map(({ Key }) => Key),
      ];
      pages.push(keys);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(pages).toEqual([['list/A/', 'list/B'], ['list/a', 'list/b'], ['list/é']]);
  });

  it('is there in its older form', async () => {
    await put('older/a');
    const { Contents } = await s3.send(new ListObjectsCommand({ Bucket: BUCKET, Prefix: 'older/' }));
    expect(Contents).toMatchObject([{ Key: 'older/a', Size: 7 }]);
  });
});

describe('a bucket', () => {
  it('is created, found, listed and deleted', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
    await s3.send(new HeadBucketCommand({ Bucket: 'another' }));
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['another', BUCKET]);
    await s3.send(new DeleteBucketCommand({ Bucket: 'another' }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'another' }))).rejects.toBeInstanceOf(NotFound);
  });

  it('is created once', async () => {
    await expect(s3.send(new CreateBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
  });

  it('that is not there is said to be none', async () => {
    const sent = s3.send(new GetObjectCommand({ Bucket: 'nowhere', Key: 'a' }));
    await expect(sent).rejects.toMatchObject({ name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } });
  });
});

describe('what is not followed is refused by name', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'another operation on a bucket',
      () => s3.send(new GetBucketAclCommand({ Bucket: BUCKET })),
      's3 GET of a bucket with acl',
    ],
    [
      'an upload in parts',
      () => ask(front.port, 'POST', `/${BUCKET}/a?uploads`, { authorization: signedFor('s3') }).then(throwXml),
      's3 POST of an object with uploads',
    ],
    ['a copy', () => askToPut({ 'x-amz-copy-source': 'a/b' }), 's3 PutObject with x-amz-copy-source'],
    ['a tag', () => put('a', { Tagging: 'a=b' }), 's3 PutObject with x-amz-tagging'],
    ['a condition on a write', () => put('a', { IfNoneMatch: '*' }), 's3 PutObject with if-none-match'],
    ['a time to expire', () => put('a', { Expires: new Date(0) }), 's3 PutObject with expires'],
    [
      'a version',
      () => s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'a', VersionId: '1' })),
      's3 GET of an object with versionId',
    ],
    [
      'a type that the embedded server takes for a call',
      () => put('a', { ContentType: 'application/x-www-form-urlencoded' }),
      's3 objects of the type application/x-www-form-urlencoded',
    ],
    ['a key that is a step up the path', () => askToPut({}, '..'), 'the key ..'],
    [
      'a bucket in the name of the host',
      () => askToPut({ host: `${BUCKET}.localhost` }),
      'buckets in the name of the host; the client takes forcePathStyle',
    ],
  ])('%s', async (_title, send, named) => {
    await expect(send()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `The local runtime does not implement ${named}.`,
    });
  });

  const throwXml = ({ body }: { readonly body: string }): never => {
    const [, name, message] = /<Code>(.*)<\/Code><Message>(.*)<\/Message>/.exec(body) ?? [];
    throw Object.assign(new Error(message), { name });
  };
  const askToPut = (headers: object, key = 'a') =>
    ask(front.port, 'PUT', `/${BUCKET}/${key}`, { authorization: signedFor('s3'), body: 'x', ...headers }).then(
      throwXml,
    );
});

describe('limits of S3', () => {
  it.each<[string, Partial<PutObjectCommandInput>, string]>([
    ['a key of 1,025 bytes', { Key: 'k'.repeat(1025) }, 'KeyTooLongError'],
    ['metadata of more than 2 KiB', { Metadata: { a: 'x'.repeat(2048) } }, 'MetadataTooLarge'],
    ['another owner than is expected', { ExpectedBucketOwner: '444455556666' }, 'AccessDenied'],
  ])('%s is refused', async (_title, input, name) => {
    await expect(put('limited', input)).rejects.toMatchObject({ name });
  });

  it.each<[string, string, string]>([
    ['no URI', `/${BUCKET}/%ff`, 'InvalidURI'],
    ['no number of keys', `/${BUCKET}?max-keys=many`, 'InvalidArgument'],
  ])('%s is refused', async (_title, path, code) => {
    const { status, body } = await ask(front.port, 'GET', path, { authorization: signedFor('s3') });
    expect([status, body]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
  });
});

describe('a call', () => {
  it.each<[string, () => Promise<unknown>, object]>([
    ['PutObject', () => put('called'), { Bucket: BUCKET, Key: 'called' }],
    ['GetObject', () => read('called'), { Bucket: BUCKET, Key: 'called' }],
    ['HeadObject', () => head('called'), { Bucket: BUCKET, Key: 'called' }],
    ['ListObjectsV2', () => keysUnder('called'), { Bucket: BUCKET, Prefix: 'called' }],
  ])('of %s is told with its input', async (operation, send, input) => {
    await send();
    expect(front.calls).toEqual([{ service: 's3', operation, accessKeyId: 'AKIDLOCAL', region: 'eu-west-1', input }]);
  });

  it('that is refused is told with its error, and does nothing', async () => {
    judge = () => {
      throw new AwsError('AccessDenied', 'no policy allows <it>', { status: 403 });
    };
    await expect(put('refused')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'no policy allows <it>',
      $metadata: { httpStatusCode: 403, requestId: expect.any(String) },
    });
    expect(front.calls).toMatchObject([{ operation: 'PutObject', error: { code: 'AccessDenied' } }]);
    await expect(head('refused')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    judge = () => undefined;
    await expect(head('refused')).rejects.toBeInstanceOf(NotFound);
  });

  it('that comes too fast is told so in the words of S3', async () => {
    judge = () => {
      throw throttlingError('s3');
    };
    const refused: SdkError = await put('throttled').then(
      () => expect.fail('it was admitted'),
      (error) => error,
    );
    expect(refused).toMatchObject({ name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
    expect(isThrottlingError(refused)).toBe(true);
  });

  it('without a signature is refused', async () => {
    expect(await ask(front.port, 'GET', `/${BUCKET}/a`)).toMatchObject({ status: 403, type: 'application/xml' });
  });
});

describe('what is not in a bucket is not told to a caller who may not list it', () => {
  it('who is denied the object, and asked for the right to list', async () => {
    await put('there');
    const asked: AwsCall[] = [];
    judgeListing = (call) => {
      asked.push(call);
      throw new AwsError('AccessDenied', 'no', { status: 403 });
    };
    await expect(read('missing')).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    await expect(head('missing')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(asked).toMatchObject([
      { operation: 'ListObjectsV2', input: { Bucket: BUCKET } },
      { operation: 'ListObjectsV2', input: { Bucket: BUCKET } },
    ]);
    expect(await read('there')).toBe('content');
    expect(asked).toHaveLength(2);
  });
});

describe('an object under a lifecycle rule', () => {
  it('expires at the midnight after its last day', async () => {
    const DAY = 24 * 60 * 60;
    await put('old/report');
    await put('kept/report');
    front.clock.advance(7 * DAY);
    expect(await keysUnder('old/')).toEqual(['old/report']);
    front.clock.advance(DAY);
    expect(await keysUnder('old/')).toEqual([]);
    await expect(read('old/report')).rejects.toBeInstanceOf(NoSuchKey);
    expect(await keysUnder('kept/')).toEqual(['kept/report']);
  });
});

it('objects and their bytes are counted', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'counted' }));
  await s3.send(new PutObjectCommand({ Bucket: 'counted', Key: 'a', Body: 'abc' }));
  await s3.send(new PutObjectCommand({ Bucket: 'counted', Key: 'b', Body: 'de' }));
  expect((await front.queues.countObjects()).counted).toEqual({ objects: 2, bytes: 5 });
});
