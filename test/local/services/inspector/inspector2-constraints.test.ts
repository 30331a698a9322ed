import { describe, expect, it } from 'vitest';
import { constraintProblems } from '../../../../local/endpoint/constraint-problems.ts';
import { INSPECTOR2_CONSTRAINTS } from '../../../../local/services/inspector/inspector2-constraints.ts';

const problems = (operation: string, input: object) =>
  constraintProblems(INSPECTOR2_CONSTRAINTS[operation] ?? {}, input);
const finding = (id: number) => `arn:aws:inspector2:eu-west-1:111122223333:finding/${String(id).padStart(32, '0')}`;
const findings = (count: number) => Array.from({ length: count }, (_, index) => finding(index));
const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app';
const equal = (count: number) => Array.from({ length: count }, () => ({ comparison: 'EQUALS', value: 'x' }));

describe('Inspector takes', () => {
  it.each<[string, object]>([
    ['ListFindings', { maxResults: 100, filterCriteria: { severity: equal(10) } }],
    ['ListFindings', { sortCriteria: { field: 'SEVERITY', sortOrder: 'DESC' } }],
    ['BatchGetFindingDetails', { findingArns: findings(10) }],
    ['GetClustersForImage', { filter: { resourceId: repository }, maxResults: 100 }],
    ['GetClustersForImage', { filter: { resourceId: `${repository}/sha256:${'a'.repeat(64)}` } }],
    ['ListCoverage', { maxResults: 200, filterCriteria: { resourceId: equal(1) } }],
    ['BatchGetAccountStatus', { accountIds: ['111122223333'] }],
  ])('%s with %o', (operation, input) => {
    expect(problems(operation, input)).toEqual([]);
  });
});

describe('Inspector refuses', () => {
  it.each<[string, object, string]>([
    ['ListFindings', { maxResults: 101 }, "'maxResults'"],
    ['ListFindings', { filterCriteria: { severity: equal(11) } }, "'filterCriteria.severity'"],
    ['ListFindings', { filterCriteria: { severity: [] } }, "'filterCriteria.severity'"],
    ['ListFindings', { filterCriteria: { title: [{ comparison: 'LIKE', value: 'x' }] } }, 'comparison'],
    ['ListFindings', { filterCriteria: { title: [{ comparison: 'EQUALS', value: '' }] } }, 'value'],
    ['ListFindings', { sortCriteria: { field: 'COLOUR', sortOrder: 'DESC' } }, "'sortCriteria.field'"],
    ['BatchGetFindingDetails', { findingArns: findings(11) }, "'findingArns'"],
    ['BatchGetFindingDetails', { findingArns: [] }, "'findingArns'"],
    ['BatchGetFindingDetails', { findingArns: ['mine'] }, "'findingArns.1.member'"],
    ['GetClustersForImage', { filter: { resourceId: 'team/app' } }, "'filter.resourceId'"],
    ['GetClustersForImage', { filter: { resourceId: repository }, maxResults: 101 }, "'maxResults'"],
    ['GetClustersForImage', { filter: { resourceId: repository }, nextToken: '' }, "'nextToken'"],
    ['ListCoverage', { maxResults: 201 }, "'maxResults'"],
    ['ListCoverage', { filterCriteria: { resourceId: [{ comparison: 'PREFIX', value: 'x' }] } }, 'comparison'],
    ['BatchGetAccountStatus', { accountIds: ['me'] }, "'accountIds.1.member'"],
  ])('%s with %o', (operation, input, words) => {
    expect(problems(operation, input)).toEqual([expect.stringContaining(words)]);
  });
});
