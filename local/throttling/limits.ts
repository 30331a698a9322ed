/**
 * What AWS publishes of its request rates, for the services of the local runtime. A rate that is published without a
 * burst is its own burst: what may come in a second may come at once. Not here, because nothing limits them at this
 * scale: SQS standard queues, and DynamoDB on demand.
 */
import type { Limit, LimitSource } from './limit.ts';

/** A bucket as `[operations, tokens per second, tokens in a full bucket]`. */
type Row = readonly [operations: Limit['operations'], perSecond: number, burst: number];

const limitsOf = (service: string, source: LimitSource, rows: readonly Row[]): readonly Limit[] =>
  rows.map(([operations, perSecond, burst]) => ({ service, operations, perSecond, burst, source }));

const DOCS = 'https://docs.aws.amazon.com';

export const LIMITS: readonly Limit[] = [
  ...limitsOf('securityhub', { published: `${DOCS}/securityhub/1.0/APIReference/Welcome.html` }, [
    [['BatchImportFindings'], 10, 30],
    [['BatchUpdateFindings'], 10, 30],
    [['GetFindings'], 3, 6],
    [['BatchEnableStandards'], 1, 1],
    [['UpdateStandardsControl'], 1, 5],
    ['each other', 10, 30],
  ]),
  ...limitsOf('ecr', { published: `${DOCS}/AmazonECR/latest/userguide/service-quotas.html` }, [
    [['BatchCheckLayerAvailability'], 1_000, 1_000],
    [['BatchGetImage'], 2_000, 2_000],
    [['CompleteLayerUpload'], 100, 100],
    [['GetAuthorizationToken'], 500, 500],
    [['GetDownloadUrlForLayer'], 3_000, 3_000],
    [['InitiateLayerUpload'], 100, 100],
    [['PutImage'], 10, 10],
    [['UploadLayerPart'], 500, 500],
  ]),
  ...limitsOf(
    'ecr',
    { assumed: `No quota is listed; this is the example of ${DOCS}/AmazonECR/latest/userguide/common-errors.html` },
    [['each other', 20, 200]],
  ),
  ...limitsOf('ecs', { published: `${DOCS}/AmazonECS/latest/APIReference/request-throttling.html` }, [
    [
      ['CreateCluster', 'DeleteCluster', 'PutClusterCapacityProviders', 'UpdateCluster', 'UpdateClusterSettings'],
      1,
      20,
    ],
    [['DescribeClusters', 'ListClusters'], 20, 50],
    [['DeregisterTaskDefinition', 'RegisterTaskDefinition', 'RegisterDaemonTaskDefinition'], 1, 20],
    [['DescribeTaskDefinition', 'ListTaskDefinitions', 'ListTaskDefinitionFamilies'], 20, 50],
    [['RunTask', 'StartTask', 'StopTask', 'ExecuteCommand', 'DeregisterContainerInstance'], 40, 100],
    [['DescribeTasks', 'ListTasks', 'DescribeContainerInstances', 'ListContainerInstances', 'ListAttributes'], 20, 100],
    [['RegisterContainerInstance', 'SubmitContainerStateChange', 'SubmitTaskStateChange'], 120, 200],
    [['CreateService', 'DeleteService', 'UpdateService'], 5, 50],
    [['DescribeServices', 'ListServices'], 20, 100],
  ]),
  ...limitsOf('ecs', { assumed: 'No quota is listed; this is that of the operations that read services' }, [
    [['ListTagsForResource'], 20, 100],
  ]),
  ...limitsOf('ecs', { assumed: 'No quota is listed; this is that of the operations that change services' }, [
    [['TagResource', 'UntagResource'], 5, 50],
  ]),
  ...limitsOf('inspector2', { assumed: 'AWS publishes no rate; callers report that ListFindings is throttled' }, [
    ['each other', 10, 20],
  ]),
  // For each partitioned prefix; here all of a bucket is one.
  ...limitsOf('s3', { published: `${DOCS}/AmazonS3/latest/userguide/optimizing-performance.html` }, [
    [['PutObject', 'DeleteObject'], 3_500, 3_500],
    [['GetObject', 'HeadObject', 'ListObjects', 'ListObjectsV2'], 5_500, 5_500],
  ]),
  ...limitsOf('s3', { assumed: 'AWS publishes no rate for operations on buckets' }, [['each other', 10, 20]]),
  ...limitsOf('secretsmanager', { published: `${DOCS}/secretsmanager/latest/userguide/reference_limits.html` }, [
    [['GetSecretValue'], 10_000, 10_000],
    [['DescribeSecret'], 40_000, 40_000],
    [['BatchGetSecretValue'], 100, 100],
    [['ListSecrets'], 100, 100],
    [['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage'], 50, 50],
    ['each other', 50, 50],
  ]),
  // The smallest Regions have this much, the largest 10,000.
  ...limitsOf('events', { published: `${DOCS}/eventbridge/latest/userguide/eb-quota.html` }, [
    [['PutEvents'], 400, 400],
    ['each other', 50, 50],
  ]),
  ...limitsOf('sts', { published: `${DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html` }, [
    [
      [
        'AssumeRole',
        'DecodeAuthorizationMessage',
        'GetAccessKeyInfo',
        'GetCallerIdentity',
        'GetFederationToken',
        'GetSessionToken',
      ],
      600,
      600,
    ],
  ]),
  ...limitsOf(
    'iam',
    { assumed: 'AWS publishes no rate; callers report that changes in quick succession are throttled' },
    [['each other', 10, 20]],
  ),
];
