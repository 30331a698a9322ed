/** The buckets of a template. */
import { z } from 'zod';
import type { Expiration } from '../buckets/expiration.ts';
import { PolicyDocument, type PolicyStatement, statementsFrom } from './policy.ts';
import { Count, Ignored } from './property-values.ts';
import type { Stack } from './stack.ts';

export interface TemplateBucket {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Of the lifecycle rules that are on. */
  readonly expirations: readonly Expiration[];
  /** What the bucket's own policies say about who may use it. */
  readonly policy: readonly PolicyStatement[];
}

const LifecycleRule = z.strictObject({
  Id: Ignored,
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: Count.optional(),
  // Nothing is uploaded in parts here.
  AbortIncompleteMultipartUpload: Ignored,
});

const Properties = z.strictObject({
  BucketName: Ignored,
  BucketEncryption: Ignored,
  LifecycleConfiguration: z
    .strictObject({ Rules: z.array(LifecycleRule), TransitionDefaultMinimumObjectSize: Ignored })
    .optional(),
  OwnershipControls: Ignored,
  PublicAccessBlockConfiguration: Ignored,
  Tags: Ignored,
});

const BucketPolicy = z.strictObject({ Bucket: z.string(), PolicyDocument });

const expirationFrom = ({ Status, Prefix, ExpirationInDays }: z.infer<typeof LifecycleRule>): readonly Expiration[] =>
  Status === 'Enabled' && ExpirationInDays !== undefined ? [{ prefix: Prefix, days: ExpirationInDays }] : [];

export const bucketsOf = (stack: Stack): readonly TemplateBucket[] => {
  const policies = stack.resourcesOf('AWS::S3::BucketPolicy').map((policy) => policy.properties(BucketPolicy));
  return stack.namedResourcesOf('AWS::S3::Bucket').map(({ logicalId, name, arn, properties }) => ({
    logicalId,
    name,
    arn,
    expirations: (properties(Properties).LifecycleConfiguration?.Rules ?? []).flatMap(expirationFrom),
    policy: policies.filter(({ Bucket }) => Bucket === name).flatMap(statementsFrom),
  }));
};
