/** The bucket of any party that speaks S3. */
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { s3Client, s3LayerReports } from '../../../shared/aws/s3-inspections.ts';
import type { LayerReportStore } from '../../../shared/pipeline/inspection-ports.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';

/** Makes the bucket. The adapter finds the party by the environment. */
export const layerReportsIn = async (aws: AwsEndpoint, Bucket: string): Promise<LayerReportStore> => {
  const admin = new S3Client({ ...aws, forcePathStyle: true });
  await admin.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
  return s3LayerReports(s3Client(), Bucket);
};
