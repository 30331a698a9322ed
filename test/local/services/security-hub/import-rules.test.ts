import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { importRefusal } from '../../../../local/services/security-hub/import-rules.ts';
import { FINDING } from './hub-findings.ts';

type Change = Partial<AwsSecurityFinding>;

const refusal = (change: Change) => importRefusal({ ...FINDING, ...change });
const x = (length: number): string => 'x'.repeat(length);
const list = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const map = (count: number, value = 'x'): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, value]));
const provided = (fields: Change['FindingProviderFields']): Change => ({
  FindingProviderFields: { ...FINDING.FindingProviderFields, ...fields },
});
const resource = (fields: object): Change => ({ Resources: [{ Type: 'Other', Id: 'r', ...fields }] });
const related = (ProductArn: string, Id: string) => ({ ProductArn, Id });
const threat = (fields: object): Change => ({ Threats: [fields] });

describe('the limit of a field', () => {
  it.each<[string, (size: number) => Change, number, string]>([
    ['Id', (size) => ({ Id: x(size) }), 512, 'data.Id should NOT be longer than 512 characters'],
    ['GeneratorId', (size) => ({ GeneratorId: x(size) }), 512, 'data.GeneratorId should'],
    ['Title', (size) => ({ Title: x(size) }), 256, 'data.Title should NOT be longer than 256 characters'],
    ['Description', (size) => ({ Description: x(size) }), 1024, 'data.Description should'],
    ['ProductName', (size) => ({ ProductName: x(size) }), 128, 'data.ProductName should'],
    ['CompanyName', (size) => ({ CompanyName: x(size) }), 128, 'data.CompanyName should'],
    ['Region', (size) => ({ Region: x(size) }), 16, 'data.Region should'],
    ['AwsAccountName', (size) => ({ AwsAccountName: x(size) }), 50, 'data.AwsAccountName should'],
    ['the types', (size) => ({ Types: list(size, 'Effects') }), 50, 'data.Types should NOT have more than 50 items'],
    [
      'the provided types',
      (size) => provided({ Types: list(size, 'TTPs') }),
      50,
      'data.FindingProviderFields.Types should',
    ],
    [
      'Severity.Original',
      (size) => ({ Severity: { Label: 'LOW', Original: x(size) } }),
      64,
      'data.Severity.Original should',
    ],
    [
      'the provided Severity.Original',
      (size) => provided({ Severity: { Label: 'LOW', Original: x(size) } }),
      64,
      'data.FindingProviderFields.Severity.Original should',
    ],
    [
      'Severity.Normalized',
      (size) => ({ Severity: { Normalized: size } }),
      100,
      'data.Severity.Normalized should be <= 100',
    ],
    ['Confidence', (size) => ({ Confidence: size }), 100, 'data.Confidence should be <= 100'],
    ['Criticality', (size) => ({ Criticality: size }), 100, 'data.Criticality should be <= 100'],
    [
      'the provided Confidence',
      (size) => provided({ Confidence: size }),
      100,
      'data.FindingProviderFields.Confidence should',
    ],
    [
      'the provided Criticality',
      (size) => provided({ Criticality: size }),
      100,
      'data.FindingProviderFields.Criticality should',
    ],
    [
      'the resources',
      (size) => ({ Resources: list(size, { Type: 'Other', Id: 'r' }) }),
      32,
      'data.Resources should NOT have more than 32 items',
    ],
    ['a resource’s Type', (size) => resource({ Type: x(size) }), 256, 'data.Resources[0].Type should'],
    ['a resource’s Region', (size) => resource({ Region: x(size) }), 16, 'data.Resources[0].Region should'],
    [
      'a resource’s other details',
      (size) => resource({ Details: { Other: map(size) } }),
      50,
      'data.Resources[0].Details.Other should NOT have more than 50 properties',
    ],
    [
      'one of a resource’s other details',
      (size) => resource({ Details: { Other: { Destinations: x(size) } } }),
      1024,
      "data.Resources[0].Details.Other['Destinations'] should NOT be longer than 1024 characters",
    ],
    ['a resource’s tags', (size) => resource({ Tags: map(size) }), 50, 'data.Resources[0].Tags should'],
    [
      'the product fields',
      (size) => ({ ProductFields: map(size) }),
      50,
      'data.ProductFields should NOT have more than 50 properties',
    ],
    ['a product field', (size) => ({ ProductFields: { a: x(size) } }), 2048, "data.ProductFields['a'] should"],
    [
      'a product field’s key',
      (size) => ({ ProductFields: { [x(size)]: 'a' } }),
      128,
      'data.ProductFields property name',
    ],
    ['the user-defined fields', (size) => ({ UserDefinedFields: map(size) }), 50, 'data.UserDefinedFields should'],
    [
      'a user-defined field',
      (size) => ({ UserDefinedFields: { a: x(size) } }),
      1024,
      "data.UserDefinedFields['a'] should",
    ],
    [
      'a user-defined field’s key',
      (size) => ({ UserDefinedFields: { [x(size)]: 'a' } }),
      128,
      'data.UserDefinedFields property name',
    ],
    [
      'the recommendation',
      (size) => ({ Remediation: { Recommendation: { Text: x(size) } } }),
      512,
      'data.Remediation.Recommendation.Text should NOT be longer than 512 characters',
    ],
    [
      'the note',
      (size) => ({ Note: { Text: x(size), UpdatedBy: 'me', UpdatedAt: '2026-03-01T09:00:00Z' } }),
      512,
      'data.Note.Text should',
    ],
    [
      'the author of the note',
      (size) => ({ Note: { Text: 'a', UpdatedBy: x(size), UpdatedAt: '2026-03-01T09:00:00Z' } }),
      512,
      'data.Note.UpdatedBy should',
    ],
    [
      'the malware',
      (size) => ({ Malware: list(size, { Name: 'm' }) }),
      5,
      'data.Malware should NOT have more than 5 items',
    ],
    ['a malware’s name', (size) => ({ Malware: [{ Name: x(size) }] }), 64, 'data.Malware[0].Name should'],
    ['a malware’s path', (size) => ({ Malware: [{ Name: 'm', Path: x(size) }] }), 512, 'data.Malware[0].Path should'],
    ['the threats', (size) => ({ Threats: list(size, { Name: 't' }) }), 32, 'data.Threats should'],
    ['a threat’s name', (size) => threat({ Name: x(size) }), 128, 'data.Threats[0].Name should'],
    [
      'a threat’s files',
      (size) => threat({ FilePaths: list(size, { FileName: 'f' }) }),
      5,
      'data.Threats[0].FilePaths should',
    ],
    [
      'a threat’s file',
      (size) => threat({ FilePaths: [{ Hash: x(size) }] }),
      128,
      'data.Threats[0].FilePaths[0].Hash should',
    ],
    [
      'the indicators',
      (size) => ({ ThreatIntelIndicators: list(size, { Value: 'v' }) }),
      5,
      'data.ThreatIntelIndicators should',
    ],
    [
      'an indicator',
      (size) => ({ ThreatIntelIndicators: [{ Value: x(size) }] }),
      512,
      'data.ThreatIntelIndicators[0].Value should',
    ],
    [
      'an indicator’s source',
      (size) => ({ ThreatIntelIndicators: [{ Source: x(size) }] }),
      64,
      'data.ThreatIntelIndicators[0].Source should',
    ],
    [
      'the related findings',
      (size) => ({ RelatedFindings: list(size, related(PRODUCT_ARN, 'a')) }),
      10,
      'data.RelatedFindings should',
    ],
    [
      'a related finding’s product',
      (size) => ({ RelatedFindings: [related(x(size), 'a')] }),
      2048,
      'data.RelatedFindings[0].ProductArn should',
    ],
    [
      'the related requirements',
      (size) => ({ Compliance: { RelatedRequirements: list(size, 'a') } }),
      32,
      'data.Compliance.RelatedRequirements should',
    ],
    [
      'the detector’s labels',
      (size) => ({ GeneratorDetails: { Labels: list(size, 'a') } }),
      10,
      'data.GeneratorDetails.Labels should',
    ],
    ['the process’s name', (size) => ({ Process: { Name: x(size) } }), 64, 'data.Process.Name should'],
    ['the process’s path', (size) => ({ Process: { Path: x(size) } }), 512, 'data.Process.Path should'],
    ['the network’s protocol', (size) => ({ Network: { Protocol: x(size) } }), 16, 'data.Network.Protocol should'],
  ])('of %s is taken, and one more is refused', (_, change, most, words) => {
    expect(refusal(change(most))).toBeUndefined();
    expect(refusal(change(most + 1))).toMatchObject({ code: 'InvalidInput', message: expect.stringContaining(words) });
  });

  it('is counted in characters, and not in code units', () => {
    expect(refusal({ Title: '🐳'.repeat(256) })).toBeUndefined();
    expect(refusal({ Title: '🐳'.repeat(257) })?.message).toContain('data.Title');
  });
});

const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';

describe('a finding is refused', () => {
  it.each<[string, Change, string]>([
    ['for a number below its range', { Confidence: -1 }, 'data.Confidence should be >= 0'],
    ['for half a number', { Criticality: 0.5 }, 'data.Criticality should be integer'],
    ['without a resource', { Resources: [] }, 'data.Resources should NOT have fewer than 1 items'],
    ['with an empty list of threats', { Threats: [] }, 'data.Threats should NOT have fewer than 1 items'],
    ['with an empty list of indicators', { ThreatIntelIndicators: [] }, 'data.ThreatIntelIndicators should'],
    ['with an empty list of related findings', { RelatedFindings: [] }, 'data.RelatedFindings should'],
    [
      'with a related finding of a short product',
      { RelatedFindings: [related('arn:short', 'a')] },
      'RelatedFindings[0]',
    ],
    ['with an empty text', { SourceUrl: '' }, 'data.SourceUrl should NOT be shorter than 1 characters'],
    ['with an empty resource type', resource({ Type: '' }), 'data.Resources[0].Type should NOT be shorter than 1'],
    ['with a text of white space', { SourceUrl: ' \n' }, 'data.SourceUrl should match pattern ".*\\S.*"'],
    ['with an empty product field', { ProductFields: { a: '' } }, "data.ProductFields['a'] should NOT be shorter"],
    ['with a blank key', { ProductFields: { ' ': 'a' } }, "data.ProductFields property name ' ' is invalid"],
    ['with an empty text in a list', { Types: ['Effects', ''] }, 'data.Types[1] should'],
    ['with a type of another namespace', { Types: ['Security/Vulnerabilities'] }, 'data.Types[0] should match pattern'],
    ['with a type of four parts', { Types: ['TTPs/a/b/c'] }, 'data.Types[0] should match pattern'],
    ['with a type of an empty part', { Types: ['TTPs/'] }, 'data.Types[0] should match pattern'],
    [
      'with a provided type of another namespace',
      provided({ Types: ['ttps'] }),
      'data.FindingProviderFields.Types[0] should match pattern',
    ],
    [
      'with a label of its own',
      provided({ Severity: { Label: 'BAD' as 'LOW' } }),
      'FindingProviderFields.Severity.Label',
    ],
    [
      'with a record state of its own',
      { RecordState: 'GONE' as 'ACTIVE' },
      'data.RecordState should be equal to one of',
    ],
    ['with a workflow of its own', { Workflow: { Status: 'DONE' as 'NEW' } }, 'data.Workflow.Status'],
    ['with a verification of its own', { VerificationState: 'SURE' as 'UNKNOWN' }, 'data.VerificationState'],
    ['with a compliance of its own', { Compliance: { Status: 'GOOD' as 'PASSED' } }, 'data.Compliance.Status'],
    ['with a partition of its own', resource({ Partition: 'aws-moon' }), 'data.Resources[0].Partition'],
    ['with a kind of malware of its own', { Malware: [{ Name: 'm', Type: 'BUG' as 'VIRUS' }] }, 'data.Malware[0].Type'],
    ['with a fix of its own', { Vulnerabilities: [{ Id: 'v', FixAvailable: 'SOON' as 'NO' }] }, 'FixAvailable'],
    ['of another schema version', { SchemaVersion: '2019-01-01' }, 'data.SchemaVersion'],
    ['without a severity', { FindingProviderFields: { Types: ['Effects'] } }, "required property 'Severity'"],
    ['without a type', provided({ Types: [] }), "required property 'Types'"],
    ['with a day for a time', { CreatedAt: '2026-03-01' }, 'data.CreatedAt should match format "date-time"'],
    ['with a time without a zone', { LastObservedAt: '2026-03-01T09:00:00' }, 'data.LastObservedAt'],
    ['with a time of ten digits', { UpdatedAt: '2026-03-01T09:00:00.1234567890Z' }, 'data.UpdatedAt'],
    ['with an offset of more than 18 hours', { UpdatedAt: '2026-03-01T09:00:00+18:01' }, 'data.UpdatedAt'],
    ['with an hour that there is not', { UpdatedAt: '2026-03-01T25:00:00Z' }, 'data.UpdatedAt'],
    [
      'with no time of the last exploit',
      { Vulnerabilities: [{ Id: 'v', LastKnownExploitAt: 'yesterday' }] },
      'data.Vulnerabilities.LastKnownExploitAt',
    ],
    ['with one text of 32768 characters', { SourceUrl: x(32768) }, 'individual field should be less than 32768'],
  ])('%s', (_, change, words) => {
    expect(refusal(change)).toMatchObject({ code: 'InvalidInput', message: expect.stringContaining(words) });
  });

  it('with every reason in one sentence', () => {
    expect(refusal({ Title: x(257), Confidence: 101 })).toEqual({
      code: 'InvalidInput',
      message:
        'Finding does not adhere to Amazon Finding Format. data.Title should NOT be longer than 256 characters, data.Confidence should be <= 100.',
    });
  });
});

describe('a finding is taken', () => {
  it.each<[string, Change]>([
    ['with the beginning of a type', { Types: ['TTPs', 'TTPs/Defense Evasion', 'Effects/Data Exposure/a:b-c.d'] }],
    ['with nanoseconds', { UpdatedAt: '2026-03-01T09:00:00.123456789Z' }],
    ['with an offset without a colon', { UpdatedAt: '2026-03-01T09:00:00-1759' }],
    ['with an offset of 18 hours', { UpdatedAt: '2026-03-01T09:00:00+18:00' }],
    ['with one text of 32767 characters', { SourceUrl: x(32767) }],
    ['with one text of 32767 characters, each of two UTF-16 units', { SourceUrl: '🔥'.repeat(32767) }],
    ['with no confidence at all', { Confidence: 0, Criticality: 0 }],
    ['without malware', { Malware: [] }],
  ])('%s', (_, change) => {
    expect(refusal(change)).toBeUndefined();
  });

  it('with 240 KB, and not with a byte more', () => {
    const details = { Details: { Other: map(50, x(1000)) } };
    const padded = (size: number): AwsSecurityFinding => {
      const finding = {
        ...FINDING,
        Resources: list(4, { Type: 'Other', Id: 'r', ...details }),
        Vulnerabilities: [{ Id: 'v', ReferenceUrls: [x(16_000), x(10_000)] }],
        SourceUrl: 'u',
      };
      return { ...finding, SourceUrl: x(size - Buffer.byteLength(JSON.stringify(finding)) + 1) };
    };
    expect(importRefusal(padded(240 * 1024))).toBeUndefined();
    expect(importRefusal(padded(240 * 1024 + 1))?.message).toContain('240 KB');
  });
});
