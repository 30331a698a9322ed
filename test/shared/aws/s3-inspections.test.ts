import { gunzipSync, gzipSync } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { s3Client, s3Components, s3LayerReports } from '../../../shared/aws/s3-inspections.ts';
import { unreadLayer } from '../../../shared/layer/unread-layer.ts';
import { BUCKET, type BucketFront, startBuckets } from '../../local/buckets/bucket-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { layerReportStoreContract } from '../pipeline/contracts/layer-report-store.ts';

let front: BucketFront;
let restore: () => void;
let s3: S3Client;
let refusal: AwsError | undefined;
beforeAll(async () => {
  front = await startBuckets({
    admit: () => {
      if (refusal) throw refusal;
    },
  });
  restore = useAwsEndpoint(front.endpoint);
  s3 = s3Client();
});
afterEach(() => {
  refusal = undefined;
  expect(front.faults).toEqual([]);
});
afterAll(async () => {
  restore();
  s3.destroy();
  await front.close();
});

const store = () => s3LayerReports(s3, BUCKET);
const read = async (Key: string) => {
  const { Body, ...object } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  const bytes = (await Body?.transformToByteArray()) ?? Buffer.alloc(0);
  return { ...object, content: JSON.parse(gunzipSync(bytes).toString('utf8')) };
};
const put = (Key: string, Body: string | Buffer) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
const REPORT = unreadLayer(digest('e'), { by: 'bytes', text: 'It has more than 20 GiB.' });
const KEY = `layers/v1/${'e'.repeat(64)}.json.gz`;

layerReportStoreContract(store);

describe('the report of a layer in the bucket', () => {
  it('is compressed JSON under the layer’s digest and the version of reports', async () => {
    await store().put(REPORT);
    expect(await read(KEY)).toMatchObject({
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
      content: REPORT,
    });
  });

  it('that was written in another form is as good as none', async () => {
    await put(`layers/v1/${'d'.repeat(64)}.json.gz`, gzipSync('{"version":0}'));
    expect(await store().get(digest('d'))).toBeUndefined();
  });

  it('that is damaged is told, and not taken for one that is missing', async () => {
    await put(`layers/v1/${'c'.repeat(64)}.json.gz`, 'no gzip');
    await expect(store().get(digest('c'))).rejects.toThrow();
    await put(`layers/v1/${'c'.repeat(64)}.json.gz`, gzipSync('no JSON'));
    await expect(store().get(digest('c'))).rejects.toThrow();
  });

  it('that may not be read is no missing one', async () => {
    refusal = new AwsError('AccessDenied', 'not allowed', { status: 403 });
    const denied = (message: string) => ({ code: 'AWS_DENIED', message: expect.stringContaining(message) });
    await expect(store().get(digest('e'))).rejects.toMatchObject(denied('Reading the report of a layer failed'));
    await expect(store().stateOf(digest('e'))).rejects.toMatchObject(
      denied('Looking for the report of a layer failed'),
    );
    await expect(store().put(REPORT)).rejects.toMatchObject(denied('Keeping the report of a layer failed'));
  });

  it('in a bucket that is not there is a rejected call', async () => {
    const elsewhere = s3LayerReports(s3, 'elsewhere');
    await expect(elsewhere.put(REPORT)).rejects.toMatchObject({
      code: 'AWS_REJECTED',
      message: 'Keeping the report of a layer failed: NoSuchBucket',
    });
    await expect(elsewhere.get(REPORT.digest)).rejects.toMatchObject({ code: 'AWS_REJECTED' });
  });
});

describe('the components of an image in the bucket', () => {
  it('are compressed JSON under the image’s name', async () => {
    const components = [{ name: 'openssl', version: '3.0.15-1', type: 'deb', path: 'var/lib/dpkg/status' }] as const;
    await s3Components(s3, BUCKET).put(IMAGE, [...components]);
    const key = `images/111122223333/eu-west-1/shop/checkout/${'a'.repeat(64)}/components.json.gz`;
    expect((await read(key)).content).toEqual({ version: 1, components });
  });
});
