import { describe, expect, it } from 'vitest';
import { constraintProblems } from '../../../../local/endpoint/constraint-problems.ts';
import { SECURITY_HUB_CONSTRAINTS } from '../../../../local/services/security-hub/security-hub-constraints.ts';
import { FINDING } from './hub-findings.ts';

const problems = (operation: string, input: object) =>
  constraintProblems(SECURITY_HUB_CONSTRAINTS[operation] ?? {}, input);
const list = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const identifiers = (count: number) => list(count, { Id: 'a', ProductArn: 'b' });
const equal = (count: number) => list(count, { Value: 'x', Comparison: 'EQUALS' });
const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, 'x']));
const FIELDS = [
  'Id',
  'Title',
  'Type',
  'Region',
  'ProductArn',
  'ProductName',
  'CompanyName',
  'Description',
  'ResourceId',
  'NoteText',
  'GeneratorId',
];
const filtered = (count: number) => Object.fromEntries(FIELDS.slice(0, count).map((name) => [name, equal(1)]));
const x = (length: number): string => 'x'.repeat(length);
const large = (count: number) => list(count, { ...FINDING, Title: x(200_000) });

describe('Security Hub takes', () => {
  it.each<[string, string, object]>([
    ['100 findings', 'BatchImportFindings', { Findings: list(100, FINDING) }],
    ['almost 6 MB', 'BatchImportFindings', { Findings: large(31) }],
    [
      'an update of 100',
      'BatchUpdateFindings',
      { FindingIdentifiers: identifiers(100), Note: { Text: x(512), UpdatedBy: 'me' } },
    ],
    [
      'an update of everything',
      'BatchUpdateFindings',
      {
        FindingIdentifiers: identifiers(1),
        UserDefinedFields: fields(50),
        Types: list(50, 'TTPs'),
        Severity: { Label: 'LOW' },
        Confidence: 100,
        Criticality: 0,
        Workflow: { Status: 'NEW' },
      },
    ],
    [
      'ten filters of 20 values',
      'GetFindings',
      { Filters: { ...filtered(9), NoteUpdatedBy: equal(20) }, MaxResults: 100 },
    ],
  ])('%s', (_, operation, input) => {
    expect(problems(operation, input)).toEqual([]);
  });
});

describe('Security Hub refuses', () => {
  it.each<[string, string, object, string]>([
    [
      '101 findings',
      'BatchImportFindings',
      { Findings: list(101, FINDING) },
      "Value at 'Findings' failed to satisfy constraint: Member must have length less than or equal to 100",
    ],
    ['no finding', 'BatchImportFindings', { Findings: [] }, "'Findings'"],
    ['more than 6 MB', 'BatchImportFindings', { Findings: large(32) }, '6 MB'],
    ['an update of 101', 'BatchUpdateFindings', { FindingIdentifiers: identifiers(101) }, "'FindingIdentifiers'"],
    ['an update of none', 'BatchUpdateFindings', { FindingIdentifiers: [] }, "'FindingIdentifiers'"],
    ['a note of 513 characters', 'BatchUpdateFindings', { Note: { Text: x(513), UpdatedBy: 'me' } }, "'Note.Text'"],
    [
      'an author of 513 characters',
      'BatchUpdateFindings',
      { Note: { Text: 'a', UpdatedBy: x(513) } },
      "'Note.UpdatedBy'",
    ],
    [
      'a note of white space',
      'BatchUpdateFindings',
      { Note: { Text: ' ', UpdatedBy: 'me' } },
      'data.Note.Text should match',
    ],
    [
      'a blank identifier',
      'BatchUpdateFindings',
      { FindingIdentifiers: [{ Id: '', ProductArn: 'b' }] },
      'data.FindingIdentifiers[0].Id',
    ],
    ['51 user-defined fields', 'BatchUpdateFindings', { UserDefinedFields: fields(51) }, "'UserDefinedFields'"],
    [
      'a user-defined field of 1025 characters',
      'BatchUpdateFindings',
      { UserDefinedFields: { a: x(1025) } },
      'Map value',
    ],
    [
      'a user-defined field’s key of 129 characters',
      'BatchUpdateFindings',
      { UserDefinedFields: { [x(129)]: 'a' } },
      'Map keys',
    ],
    ['51 types', 'BatchUpdateFindings', { Types: list(51, 'TTPs') }, "'Types'"],
    ['a type of another namespace', 'BatchUpdateFindings', { Types: ['Mine'] }, "'Types.1.member'"],
    [
      'eleven related findings',
      'BatchUpdateFindings',
      { RelatedFindings: list(11, { Id: 'a', ProductArn: x(12) }) },
      "'RelatedFindings'",
    ],
    ['a confidence of 101', 'BatchUpdateFindings', { Confidence: 101 }, "'Confidence'"],
    ['a criticality below 0', 'BatchUpdateFindings', { Criticality: -1 }, "'Criticality'"],
    ['a severity of its own', 'BatchUpdateFindings', { Severity: { Label: 'BAD' } }, "'Severity.Label'"],
    ['a number above 100', 'BatchUpdateFindings', { Severity: { Normalized: 101 } }, "'Severity.Normalized'"],
    ['a workflow of its own', 'BatchUpdateFindings', { Workflow: { Status: 'DONE' } }, "'Workflow.Status'"],
    ['a verification of its own', 'BatchUpdateFindings', { VerificationState: 'SURE' }, "'VerificationState'"],
    ['a page of 101', 'GetFindings', { MaxResults: 101 }, "'MaxResults'"],
    [
      'a comparison that there is not',
      'GetFindings',
      { Filters: { Id: [{ Value: 'x', Comparison: 'LIKE' }] } },
      "'Filters.Id.1.member.Comparison'",
    ],
    ['eleven filters', 'GetFindings', { Filters: filtered(11) }, 'at most 10 attributes'],
    ['a filter of 21 values', 'GetFindings', { Filters: { Id: equal(21) } }, '20 values'],
    ['an order that there is not', 'GetFindings', { SortCriteria: [{ Field: 'Id', SortOrder: 'down' }] }, 'SortOrder'],
  ])('%s', (_, operation, input, words) => {
    expect(problems(operation, input)).toEqual([expect.stringContaining(words)]);
  });
});
