/** What is too long for the table, in a bucket: the report of each layer, and the components of each image. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Digest, digestHex } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { isLayerReport, type ReportState, reportState } from '../layer/is-layer-report.ts';
import { LAYER_REPORT_VERSION, type LayerReport } from '../layer/layer-report.ts';
import type { ComponentStore, LayerReportStore } from '../pipeline/inspection-ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';

/** A bucket's name as a part of the path: the local runtime has one host. Checksums are what the caller's TLS is for. */
export const s3Client = (): S3Client =>
  new S3Client({ ...clientDefaults, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });

/** Far above the report of the largest layer that the budgets allow. */
const REPORT_LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * The best first. The reports of each state stand beside each other: two deliveries at once, of which one fails and one
 * does not, leave the same state whichever writes last.
 */
const STATES = ['scanned', 'cut', 'failed'] as const satisfies readonly ReportState[];

const layerKey = (layer: Digest, state: ReportState): string =>
  `layers/v${LAYER_REPORT_VERSION}/${digestHex(layer)}${state === 'scanned' ? '' : `.${state}`}.json.gz`;

const componentsKey = ({ account, region, repository, digest }: ImageReference): string =>
  `images/${account}/${region}/${repository}/${digestHex(digest)}/components.json.gz`;

export const s3LayerReports = (s3: S3Client, bucket: string): LayerReportStore => ({
  get: async (layer) => {
    for (const state of STATES) {
      const report = await getReport(s3, bucket, layerKey(layer, state));
      if (report !== undefined) return report;
    }
    return undefined;
  },
  stateOf: async (layer) => {
    for (const state of STATES) if (await isThere(s3, bucket, layerKey(layer, state))) return state;
    return 'none';
  },
  put: (report) => {
    const key = layerKey(report.digest, reportState(report));
    return putJson(s3, bucket, key, report, 'Keeping the report of a layer');
  },
});

export const s3Components = (s3: S3Client, bucket: string): ComponentStore => ({
  put: (image, components) =>
    putJson(s3, bucket, componentsKey(image), { version: 1, components }, 'Keeping the components of an image'),
});

const getReport = async (s3: S3Client, bucket: string, key: string): Promise<LayerReport | undefined> => {
  const bytes = await getBytes(s3, bucket, key);
  if (bytes === undefined) return undefined;
  const json = await promisify(gunzip)(bytes, { maxOutputLength: REPORT_LIMIT_BYTES });
  const report: unknown = JSON.parse(json.toString('utf8'));
  return isLayerReport(report) ? report : undefined;
};

const getBytes = async (s3: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> => {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToByteArray();
  } catch (thrown) {
    if (thrown instanceof NoSuchKey) return undefined;
    throw errorFromAws(thrown, 'Reading the report of a layer');
  }
};

const isThere = async (s3: S3Client, bucket: string, key: string): Promise<boolean> => {
  try {
    await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (thrown) {
    if (thrown instanceof NotFound) return false;
    throw errorFromAws(thrown, 'Looking for the report of a layer');
  }
};

const putJson = async (s3: S3Client, bucket: string, key: string, content: object, what: string): Promise<void> => {
  const Body = await promisify(gzip)(JSON.stringify(content));
  const type = { ContentType: 'application/json', ContentEncoding: 'gzip' };
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ...type })).catch((thrown: unknown) => {
    throw errorFromAws(thrown, what);
  });
};
