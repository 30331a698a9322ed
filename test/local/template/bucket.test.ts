import { describe, expect, it } from 'vitest';
import { bucketsOf } from '../../../local/template/bucket.ts';
import { createStack } from '../../../local/template/stack.ts';

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

const read = (properties: Record<string, unknown> = {}, others: Resources = {}) =>
  bucketsOf(
    createStack(
      {
        name: 'Gate',
        document: {
          Parameters: {},
          Mappings: {},
          Conditions: {},
          Resources: { Reports: { Type: 'AWS::S3::Bucket', Properties: properties }, ...others },
          Outputs: {},
        },
      },
      new Map(),
      { account: '111122223333', region: 'eu-west-1', partition: 'aws', queueUrl: (name) => name },
    ),
  );

const withRule = (rule: object) => ({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ...rule }] } });

describe('a bucket', () => {
  it('has a name in lower case where the template gives none', () => {
    expect(read()).toEqual([
      { logicalId: 'Reports', name: 'gate-reports', arn: 'arn:aws:s3:::gate-reports', expirations: [], policy: [] },
    ]);
  });

  it('may have what changes nothing that could be seen here', () => {
    const [bucket] = read({
      BucketName: 'reports',
      BucketEncryption: { ServerSideEncryptionConfiguration: [] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
      OwnershipControls: { Rules: [] },
      Tags: [],
    });
    expect(bucket).toMatchObject({ name: 'reports', expirations: [] });
  });

  it.each<[string, object, readonly object[]]>([
    ['all objects', { ExpirationInDays: 365 }, [{ prefix: '', days: 365 }]],
    ['those under a prefix', { ExpirationInDays: '7', Prefix: 'old/' }, [{ prefix: 'old/', days: 7 }]],
    ['none, while the rule is off', { ExpirationInDays: 7, Status: 'Disabled' }, []],
    ['none, where only broken uploads end', { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }, []],
  ])('expires %s', (_title, rule, expirations) => {
    expect(read(withRule(rule))[0]?.expirations).toEqual(expirations);
  });

  it('has the policies that name it, and no others', () => {
    const policy = (Bucket: unknown, Action: string) => ({
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket,
        PolicyDocument: { Statement: { Effect: 'Deny', Principal: '*', Action, Resource: '*' } },
      },
    });
    const [bucket] = read(
      {},
      { Its: policy({ Ref: 'Reports' }, 's3:PutObject'), Not: policy('other', 's3:GetObject') },
    );
    expect(bucket?.policy.map(({ actions }) => actions)).toEqual([['s3:PutObject']]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['VersioningConfiguration', { VersioningConfiguration: { Status: 'Enabled' } }],
    ['NotificationConfiguration', { NotificationConfiguration: {} }],
    ['WebsiteConfiguration', { WebsiteConfiguration: {} }],
    ['ReplicationConfiguration', { ReplicationConfiguration: {} }],
    ['ObjectLockEnabled', { ObjectLockEnabled: true }],
    ['LoggingConfiguration', { LoggingConfiguration: {} }],
    ['CorsConfiguration', { CorsConfiguration: {} }],
    ['Transitions', withRule({ Transitions: [] })],
    ['TagFilters', withRule({ ExpirationInDays: 1, TagFilters: [] })],
    ['NoncurrentVersionExpiration', withRule({ NoncurrentVersionExpiration: {} })],
  ])('with %s is refused by that name', (name, properties) => {
    expect(() => read(properties)).toThrow(new RegExp(`Reports\\.Properties.*"${name}"`));
  });
});
