/** The DynamoDB tables of a template. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { Flag, Ignored } from './property-values.ts';
import type { Stack } from './stack.ts';

export interface TemplateTable {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Always on demand: nothing is throttled or paid for here. */
  readonly input: CreateTableCommandInput;
  /** Holds Unix time in seconds; absent when items do not expire. */
  readonly ttlAttribute?: string;
}

const KeySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const Index = z
  .strictObject({
    IndexName: z.string(),
    KeySchema,
    Projection: z.strictObject({
      ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
      NonKeyAttributes: z.array(z.string()).optional(),
    }),
    ContributorInsightsSpecification: Ignored,
    OnDemandThroughput: Ignored,
    ProvisionedThroughput: Ignored,
    ReadOnDemandThroughputSettings: Ignored,
    ReadProvisionedThroughputSettings: Ignored,
    WarmThroughput: Ignored,
    WriteOnDemandThroughputSettings: Ignored,
    WriteProvisionedThroughputSettings: Ignored,
  })
  .transform(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));

const Properties = z.strictObject({
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema,
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: Flag }).optional(),
  BillingMode: Ignored,
  ContributorInsightsSpecification: Ignored,
  DeletionProtectionEnabled: Ignored,
  OnDemandThroughput: Ignored,
  PointInTimeRecoverySpecification: Ignored,
  ProvisionedThroughput: Ignored,
  ReadOnDemandThroughputSettings: Ignored,
  ReadProvisionedThroughputSettings: Ignored,
  Replicas: Ignored,
  SSESpecification: Ignored,
  // A stream would need a reader, and the runtime's event source mappings read queues only.
  StreamSpecification: Ignored,
  TableClass: Ignored,
  TableName: Ignored,
  Tags: Ignored,
  WarmThroughput: Ignored,
  WriteOnDemandThroughputSettings: Ignored,
  WriteProvisionedThroughputSettings: Ignored,
});

export const tablesOf = (stack: Stack): readonly TemplateTable[] =>
  ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable']
    .flatMap((type) => stack.namedResourcesOf(type))
    .map(({ logicalId, name, arn, properties }) => {
      const table = properties(Properties);
      const ttl = table.TimeToLiveSpecification;
      return {
        logicalId,
        name,
        arn,
        input: {
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: table.AttributeDefinitions,
          KeySchema: table.KeySchema,
          ...(table.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
          ...(table.LocalSecondaryIndexes && { LocalSecondaryIndexes: table.LocalSecondaryIndexes }),
        },
        ...(ttl?.Enabled && ttl.AttributeName !== undefined && { ttlAttribute: ttl.AttributeName }),
      };
    });
