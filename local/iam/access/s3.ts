/** What S3 calls need: each acts on an object, or on a bucket; not every operation has an action of its own. */
import { type OperationTable, type RequiredBy, sameFor, textAt } from './required.ts';

const BUCKET = 'arn:aws:s3:::';

/** Names of buckets are the same in all accounts and Regions. */
const bucketArn = (input: object | undefined): string => `${BUCKET}${textAt(input, 'Bucket') ?? '*'}`;

const objectArn = (input: object | undefined): string => `${bucketArn(input)}/${textAt(input, 'Key') ?? '*'}`;

/** The bucket of an object, and a bucket's own ARN as it is. */
export const bucketArnOf = (arn: string): string =>
  arn.startsWith(BUCKET) ? `${BUCKET}${arn.slice(BUCKET.length).split('/')[0]}` : arn;

const onObject =
  (action: string): RequiredBy =>
  (input) => [{ action: `s3:${action}`, resource: objectArn(input) }];

/** Policies may let list the keys under a prefix only. */
const listBucket: RequiredBy = (input) => {
  const [prefix, delimiter] = [textAt(input, 'Prefix'), textAt(input, 'Delimiter')];
  return [
    {
      action: 's3:ListBucket',
      resource: bucketArn(input),
      context: {
        ...(prefix !== undefined && { 's3:prefix': [prefix] }),
        ...(delimiter !== undefined && { 's3:delimiter': [delimiter] }),
      },
    },
  ];
};

export const S3: OperationTable = {
  ...sameFor('s3', ['CreateBucket', 'DeleteBucket'], (input) => [bucketArn(input)]),
  DeleteObject: onObject('DeleteObject'),
  GetObject: onObject('GetObject'),
  HeadBucket: listBucket,
  HeadObject: onObject('GetObject'),
  ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  ListObjects: listBucket,
  ListObjectsV2: listBucket,
  PutObject: onObject('PutObject'),
};
