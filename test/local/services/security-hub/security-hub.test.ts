import {
  type AwsSecurityFinding,
  type AwsSecurityFindingFilters,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  type BatchUpdateFindingsCommandInput,
  DescribeHubCommand,
  GetFindingsCommand,
  InvalidInputException,
  ListEnabledProductsForImportCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalFront, startFront } from '../local-front.ts';
import { FINDING, PRODUCT } from './hub-findings.ts';

const finding: AwsSecurityFinding = { ...FINDING, Resources: [{ Type: 'AwsEcrContainerImage', Id: 'arn:image-1' }] };

let front: LocalFront;
let client: SecurityHubClient;
beforeEach(async () => {
  front = await startFront();
  client = new SecurityHubClient(front.client);
});
afterEach(() => front.close());

const importAll = (...Findings: AwsSecurityFinding[]) => client.send(new BatchImportFindingsCommand({ Findings }));
const update = (input: Partial<BatchUpdateFindingsCommandInput>) =>
  client.send(
    new BatchUpdateFindingsCommand({ FindingIdentifiers: [{ Id: 'finding-1', ProductArn: PRODUCT }], ...input }),
  );
const stored = async (): Promise<AwsSecurityFinding> => {
  const { Findings = [] } = await client.send(new GetFindingsCommand({}));
  if (Findings[0] === undefined) throw new Error('nothing is stored');
  return Findings[0];
};
const later = (change: Partial<AwsSecurityFinding>): AwsSecurityFinding => ({
  ...finding,
  UpdatedAt: '2026-03-01T09:30:00Z',
  ...change,
});
const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index}`);
const fields = (count: number): Record<string, string> => Object.fromEntries(texts(count).map((text) => [text, 'x']));
const resources = (count: number) => texts(count).map((Id) => ({ Type: 'Other', Id }));

describe('a call with one finding that is none of the caller’s', () => {
  it.each<[string, Partial<AwsSecurityFinding>, string, string]>([
    [
      'for the product of another account',
      { ProductArn: PRODUCT.replaceAll('111122223333', '999999999999') },
      'AccessDeniedException',
      'on resource: arn:aws:securityhub:eu-west-1:999999999999:product/999999999999/default',
    ],
    [
      'for the product of another Region',
      { ProductArn: PRODUCT.replace('eu-west-1', 'us-east-1') },
      'AccessDeniedException',
      'on resource: arn:aws:securityhub:us-east-1:',
    ],
    ['of another account', { AwsAccountId: '999999999999' }, 'AccessDeniedException', 'not authorized to perform'],
    [
      'for a product that is no ARN',
      { ProductArn: 'not-an-arn-at-all' },
      'InvalidInputException',
      'productArn: "not-an',
    ],
  ])('%s fails as a whole, and keeps nothing', async (_, change, name, words) => {
    const call = importAll({ ...finding, Id: 'good' }, { ...finding, Id: 'bad', ...change });
    await expect(call).rejects.toMatchObject({ name, message: expect.stringContaining(words) });
    const { Findings } = await client.send(new GetFindingsCommand({}));
    expect(Findings).toEqual([]);
  });
});

describe('a finding that is refused, inside HTTP 200', () => {
  it.each<[string, Partial<AwsSecurityFinding>, string, string]>([
    ['another schema version', { SchemaVersion: '2019-01-01' }, 'InvalidInput', 'SchemaVersion'],
    ['no severity at all', { FindingProviderFields: { Types: ['Effects'] } }, 'InvalidInput', "'Severity'"],
    ['no types at all', { FindingProviderFields: { Severity: { Label: 'LOW' } } }, 'InvalidInput', "'Types'"],
    ['a severity of its own invention', { Severity: { Label: 'SEVERE' as 'HIGH' } }, 'InvalidInput', 'Severity.Label'],
    ['a time without a zone', { UpdatedAt: '2026-03-01T09:00:00' }, 'InvalidInput', 'UpdatedAt'],
    ['a day for a time', { FirstObservedAt: '2026-03-01' }, 'InvalidInput', 'FirstObservedAt'],
    ['a title of 257 characters', { Title: 'x'.repeat(257) }, 'InvalidInput', 'data.Title'],
    ['a description of 1025 characters', { Description: 'x'.repeat(1025) }, 'InvalidInput', 'data.Description'],
    ['an id of 513 characters', { Id: 'x'.repeat(513) }, 'InvalidInput', 'data.Id'],
    ['a generator of 513 characters', { GeneratorId: 'x'.repeat(513) }, 'InvalidInput', 'data.GeneratorId'],
    ['no resource', { Resources: [] }, 'InvalidInput', 'data.Resources'],
    ['33 resources', { Resources: resources(33) }, 'InvalidInput', 'data.Resources'],
    ['51 types', { Types: texts(51) }, 'InvalidInput', 'data.Types'],
    ['51 product fields', { ProductFields: fields(51) }, 'InvalidInput', 'data.ProductFields'],
    [
      'a product field of 2049 characters',
      { ProductFields: { a: 'x'.repeat(2049) } },
      'InvalidInput',
      "data.ProductFields['a'] should NOT be longer than 2048 characters",
    ],
    [
      'a product field with a key of 129 characters',
      { ProductFields: { ['k'.repeat(129)]: 'x' } },
      'InvalidInput',
      'property name',
    ],
    [
      'a user-defined field of 1025 characters',
      { UserDefinedFields: { a: 'x'.repeat(1025) } },
      'InvalidInput',
      'UserDefinedFields',
    ],
    [
      'a recommendation of 513 characters',
      { Remediation: { Recommendation: { Text: 'x'.repeat(513) } } },
      'InvalidInput',
      'Recommendation.Text',
    ],
    [
      'an original severity of 65 characters',
      { Severity: { Label: 'LOW', Original: 'x'.repeat(65) } },
      'InvalidInput',
      'Severity.Original',
    ],
    ['a confidence of 101', { Confidence: 101 }, 'InvalidInput', 'data.Confidence'],
    [
      'an empty text',
      { Remediation: { Recommendation: { Url: '' } } },
      'InvalidInput',
      'Recommendation.Url should NOT be shorter than 1 characters',
    ],
    [
      'a text of white space deep inside',
      { Resources: [{ Type: 'Other', Id: 'r', Details: { Other: { key: ' ' } } }] },
      'InvalidInput',
      'data.Resources[0].Details.Other.key',
    ],
    [
      'more than 240 KB',
      {
        Resources: resources(32).map((resource) => ({
          ...resource,
          Details: { Other: Object.fromEntries(texts(8).map((key) => [key, 'x'.repeat(1000)])) },
        })),
      },
      'InvalidInput',
      '240 KB',
    ],
  ])('has %s', async (_, change, code, words) => {
    const result = await importAll({ ...finding, ...change }, { ...finding, Id: 'good' });
    expect([result.SuccessCount, result.FailedCount]).toEqual([1, 1]);
    expect(result.FailedFindings).toMatchObject([{ Id: change.Id ?? 'finding-1', ErrorCode: code }]);
    expect(result.FailedFindings?.[0]?.ErrorMessage).toContain(words);
    expect(front.services.securityHub.findings().map(({ Id }) => Id)).toEqual(['good']);
  });
});

describe('a finding that is taken', () => {
  it.each<[string, Partial<AwsSecurityFinding>]>([
    ['a title of 256 characters', { Title: 'x'.repeat(256) }],
    ['a description of 1024 characters', { Description: 'x'.repeat(1024) }],
    ['32 resources', { Resources: resources(32) }],
    ['50 product fields', { ProductFields: fields(50) }],
    ['a time with an offset', { UpdatedAt: '2026-03-01T09:00:00.123+01:00' }],
    [
      'severity and types beside the provider fields',
      { FindingProviderFields: {}, Severity: { Label: 'LOW' }, Types: ['Effects'] },
    ],
  ])('has %s', async (_, change) => {
    expect(await importAll({ ...finding, ...change })).toMatchObject({ SuccessCount: 1, FailedCount: 0 });
  });
});

describe('a call that is refused as a whole', () => {
  it.each<[string, AwsSecurityFinding[]]>([
    ['101 findings', texts(101).map((Id) => ({ ...finding, Id }))],
    ['no finding', []],
    ['more than 6 MB', texts(31).map((Id) => ({ ...finding, Id, ProductFields: { text: 'x'.repeat(210_000) } }))],
    ['a finding without a title', [{ ...finding, Title: undefined }]],
  ])('has %s', async (_, findings) => {
    await expect(importAll(...findings)).rejects.toBeInstanceOf(InvalidInputException);
    expect(front.services.securityHub.findings()).toEqual([]);
  });

  it('is not the one with 100 findings', async () => {
    const result = await importAll(...texts(100).map((Id) => ({ ...finding, Id })));
    expect(result.SuccessCount).toBe(100);
  });
});

describe('what an import stores', () => {
  it('has the defaults of a custom integration', async () => {
    await importAll(finding);
    expect(await stored()).toMatchObject({
      ProductName: 'Default',
      CompanyName: 'Personal',
      Region: 'eu-west-1',
      RecordState: 'ACTIVE',
      Workflow: { Status: 'NEW' },
      ProcessedAt: '2026-03-01T10:00:00.000Z',
    });
  });

  it.each([
    ['INFORMATIONAL', 0],
    ['LOW', 1],
    ['MEDIUM', 40],
    ['HIGH', 70],
    ['CRITICAL', 90],
  ] as const)('copies the severity %s of the provider and makes it the number %i', async (Label, Normalized) => {
    await importAll({ ...finding, FindingProviderFields: { Severity: { Label }, Types: ['Effects'] } });
    expect(await stored()).toMatchObject({ Severity: { Label, Normalized }, Types: ['Effects'] });
  });

  it.each([
    [0, 'INFORMATIONAL'],
    [39, 'LOW'],
    [40, 'MEDIUM'],
    [89, 'HIGH'],
    [100, 'CRITICAL'],
  ] as const)('makes the number %i the label %s', async (Normalized, Label) => {
    await importAll({ ...finding, Severity: { Normalized }, FindingProviderFields: { Types: ['Effects'] } });
    expect((await stored()).Severity).toEqual({ Label, Normalized });
  });

  it('is the first of two findings with one id in a call', async () => {
    await importAll(finding, later({ Title: 'The second' }));
    expect((await stored()).Title).toBe('A title');
  });

  it('is replaced by a later one', async () => {
    await importAll(finding);
    await importAll(later({ Title: 'Another title' }));
    expect((await stored()).Title).toBe('Another title');
  });

  it.each(['2026-03-01T09:00:00Z', '2026-03-01T10:00:00+01:00', '2026-02-28T09:00:00Z'])(
    'is not replaced by one that was updated at %s, which counts as a success',
    async (UpdatedAt) => {
      await importAll(finding);
      expect(await importAll(later({ UpdatedAt, Title: 'Stale' }))).toMatchObject({ SuccessCount: 1, FailedCount: 0 });
      expect((await stored()).Title).toBe('A title');
    },
  );

  it.each<[string, Partial<AwsSecurityFinding>]>([
    ['Workflow', { Workflow: { Status: 'RESOLVED' } }],
    ['Note', { Note: { Text: 'new', UpdatedBy: 'provider', UpdatedAt: '2026-03-01T09:30:00Z' } }],
    ['UserDefinedFields', { UserDefinedFields: { a: 'new' } }],
    ['VerificationState', { VerificationState: 'BENIGN_POSITIVE' }],
  ])('keeps its %s whatever a later import says', async (field, change) => {
    const name = field as keyof AwsSecurityFinding;
    await importAll(finding);
    const before = await stored();
    await importAll(later({ Title: 'Another title', ...change }));
    const after = await stored();
    expect(after.Title).toBe('Another title');
    expect(after[name]).toEqual(before[name]);
  });

  it('has the Note and the Workflow that come with its first import', async () => {
    await importAll({ ...finding, Workflow: { Status: 'SUPPRESSED' }, UserDefinedFields: { a: 'b' } });
    expect(await stored()).toMatchObject({ Workflow: { Status: 'SUPPRESSED' }, UserDefinedFields: { a: 'b' } });
  });
});

describe('an update by the customer', () => {
  it('sets its fields and leaves UpdatedAt as it is', async () => {
    await importAll(finding);
    front.advance(60);
    const result = await update({
      Note: { Text: 'seen', UpdatedBy: 'me' },
      Workflow: { Status: 'NOTIFIED' },
      UserDefinedFields: { decision: 'act' },
    });
    expect(result).toMatchObject({
      ProcessedFindings: [{ Id: 'finding-1', ProductArn: PRODUCT }],
      UnprocessedFindings: [],
    });
    expect(await stored()).toMatchObject({
      Note: { Text: 'seen', UpdatedBy: 'me', UpdatedAt: '2026-03-01T10:01:00.000Z' },
      Workflow: { Status: 'NOTIFIED' },
      UserDefinedFields: { decision: 'act' },
      UpdatedAt: '2026-03-01T09:00:00Z',
    });
  });

  it('keeps its severity over later imports, which change the provider fields only', async () => {
    await importAll(finding);
    await update({ Severity: { Label: 'LOW' } });
    await importAll(later({ FindingProviderFields: { Severity: { Label: 'CRITICAL' }, Types: ['Effects'] } }));
    expect(await stored()).toMatchObject({
      Severity: { Label: 'LOW', Normalized: 1 },
      Types: ['Effects'],
      FindingProviderFields: { Severity: { Label: 'CRITICAL' } },
    });
  });

  it('keeps its workflow over later imports', async () => {
    await importAll(finding);
    await update({ Workflow: { Status: 'RESOLVED' } });
    await importAll(later({}));
    expect((await stored()).Workflow).toEqual({ Status: 'RESOLVED' });
  });

  it('says of each finding that it could not change why', async () => {
    await importAll(finding);
    const known = { Id: 'finding-1', ProductArn: PRODUCT };
    const { UnprocessedFindings = [] } = await update({
      FindingIdentifiers: [known, known, { Id: 'unknown', ProductArn: PRODUCT }],
      Criticality: 5,
    });
    expect(UnprocessedFindings.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'DuplicatedFindingIdentifier',
      'FindingNotFound',
    ]);
  });

  it.each<[string, Partial<BatchUpdateFindingsCommandInput>]>([
    ['101 findings', { FindingIdentifiers: texts(101).map((Id) => ({ Id, ProductArn: PRODUCT })) }],
    ['a note of 513 characters', { Note: { Text: 'x'.repeat(513), UpdatedBy: 'me' } }],
    ['a field of 1025 characters', { UserDefinedFields: { a: 'x'.repeat(1025) } }],
  ])('is refused with %s', async (_, input) => {
    await expect(update(input)).rejects.toBeInstanceOf(InvalidInputException);
  });

  it("reaches a finding of one of AWS's own integrations", async () => {
    const ProductArn = 'arn:aws:securityhub:eu-west-1::product/aws/inspector';
    front.services.securityHub.receiveNative({ ...finding, ProductArn, ProductName: 'Inspector' });
    await update({ FindingIdentifiers: [{ Id: 'finding-1', ProductArn }], UserDefinedFields: { a: 'b' } });
    expect(await stored()).toMatchObject({ ProductName: 'Inspector', UserDefinedFields: { a: 'b' } });
  });
});

describe('a search', () => {
  const search = async (Filters: AwsSecurityFindingFilters): Promise<(string | undefined)[]> => {
    await importAll(
      finding,
      { ...finding, Id: 'finding-2', RecordState: 'ARCHIVED', Resources: [{ Type: 'Other', Id: 'arn:image-2' }] },
      { ...finding, Id: 'other-3', Title: 'Something else', ProductFields: { 'sekisho/key': 'k' } },
    );
    return ((await client.send(new GetFindingsCommand({ Filters }))).Findings ?? []).map(({ Id }) => Id);
  };

  it.each<[string, AwsSecurityFindingFilters, string[]]>([
    ['an id', { Id: [{ Value: 'finding-2', Comparison: 'EQUALS' }] }, ['finding-2']],
    [
      'either of two ids',
      {
        Id: [
          { Value: 'finding-2', Comparison: 'EQUALS' },
          { Value: 'other-3', Comparison: 'EQUALS' },
        ],
      },
      ['finding-2', 'other-3'],
    ],
    ['the beginning of an id', { Id: [{ Value: 'finding-', Comparison: 'PREFIX' }] }, ['finding-1', 'finding-2']],
    [
      'none of two ids',
      {
        Id: [
          { Value: 'finding-1', Comparison: 'NOT_EQUALS' },
          { Value: 'other-3', Comparison: 'NOT_EQUALS' },
        ],
      },
      ['finding-2'],
    ],
    ['a word of the title', { Title: [{ Value: 'else', Comparison: 'CONTAINS' }] }, ['other-3']],
    ['a resource', { ResourceId: [{ Value: 'arn:image-2', Comparison: 'EQUALS' }] }, ['finding-2']],
    ['the record state', { RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }] }, ['finding-1', 'other-3']],
    [
      'two fields at once',
      { RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }], Title: [{ Value: 'A title', Comparison: 'EQUALS' }] },
      ['finding-1'],
    ],
    [
      'severity, workflow and product',
      {
        SeverityLabel: [{ Value: 'HIGH', Comparison: 'EQUALS' }],
        WorkflowStatus: [{ Value: 'NEW', Comparison: 'EQUALS' }],
        ProductName: [{ Value: 'Default', Comparison: 'EQUALS' }],
      },
      ['finding-1', 'finding-2', 'other-3'],
    ],
    ['a product field', { ProductFields: [{ Key: 'sekisho/key', Value: 'k', Comparison: 'EQUALS' }] }, ['other-3']],
    ['nothing that is stored', { Id: [{ Value: 'nope', Comparison: 'EQUALS' }] }, []],
  ])('finds by %s', async (_, filters, expected) => {
    expect(await search(filters)).toEqual(expected);
  });

  it('refuses a filter that is not written instead of ignoring it', async () => {
    await expect(search({ MalwareName: [{ Value: 'x', Comparison: 'EQUALS' }] })).rejects.toMatchObject({
      name: 'NotImplemented',
    });
  });

  it('goes through pages', async () => {
    await importAll(...texts(7).map((Id) => ({ ...finding, Id })));
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetFindingsCommand({ MaxResults: 3, NextToken }));
      ids.push(...(page.Findings ?? []).map(({ Id }) => Id));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids).toEqual(['text 0', 'text 1', 'text 2', 'text 3', 'text 4', 'text 5', 'text 6']);
  });

  it('sorts by what it is told', async () => {
    await importAll(finding, later({ Id: 'finding-2' }));
    const SortCriteria = [{ Field: 'UpdatedAt', SortOrder: 'desc' as const }];
    const { Findings = [] } = await client.send(new GetFindingsCommand({ SortCriteria }));
    expect(Findings.map(({ Id }) => Id)).toEqual(['finding-2', 'finding-1']);
  });

  it.each(['ComplianceStatus', 'constructor'])('does not sort by %s', async (Field) => {
    await importAll(finding, later({ Id: 'finding-2' }));
    const sent = client.send(new GetFindingsCommand({ SortCriteria: [{ Field }] }));
    await expect(sent).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it.each([
    ['a page of 101', { MaxResults: 101 }],
    ['a token of its own', { NextToken: 'mine' }],
  ])('refuses %s', async (_, input) => {
    await expect(client.send(new GetFindingsCommand(input))).rejects.toBeInstanceOf(InvalidInputException);
  });
});

describe('the hub', () => {
  it('is enabled', async () => {
    expect((await client.send(new DescribeHubCommand({}))).HubArn).toBe(
      'arn:aws:securityhub:eu-west-1:111122223333:hub/default',
    );
  });

  it('has no integration that writes into it by itself', async () => {
    expect((await client.send(new ListEnabledProductsForImportCommand({}))).ProductSubscriptions).toEqual([]);
  });
});
