/** What Inspector asks of its inputs, from the model of its API. */
import { CoverageStringComparison, SortField, SortOrder, StringComparison } from '@aws-sdk/client-inspector2';
import {
  type ConstraintTable,
  items,
  length,
  type MemberConstraints,
  oneOf,
  pattern,
  range,
} from '../../endpoint/constraints.ts';
import { COVERAGE_FILTERS, FINDING_FILTERS, type FilterPaths } from './finding-filters.ts';

export const FINDING_ARN =
  /^arn:(aws[a-zA-Z-]*)?:inspector2:[a-z]{2}(-gov)?-[a-z]+-\d{1}:\d{12}:finding\/[a-f0-9]{32}$/;
const IMAGE_ARN = /^arn:.*:ecr:.*:\d{12}:repository\/[a-zA-Z0-9._/-]+(\/sha256:[a-z0-9]{64})?$/;

/** Of the filters that are written; the handlers refuse the others. */
const filters = (names: FilterPaths, comparisons: Readonly<Record<string, string>>): MemberConstraints =>
  Object.fromEntries(
    Object.keys(names).flatMap((name) => [
      [`filterCriteria.${name}`, items(1, 10)],
      [`filterCriteria.${name}[].comparison`, oneOf(comparisons)],
      [`filterCriteria.${name}[].value`, length(1, 1024)],
    ]),
  );

export const INSPECTOR2_CONSTRAINTS: ConstraintTable = {
  ListFindings: {
    members: {
      maxResults: range(1, 100),
      nextToken: length(0, 1_000_000),
      ...filters(FINDING_FILTERS, StringComparison),
      'sortCriteria.field': oneOf(SortField),
      'sortCriteria.sortOrder': oneOf(SortOrder),
    },
  },
  BatchGetFindingDetails: {
    members: { findingArns: items(1, 10), 'findingArns[]': [length(1, 100), pattern(FINDING_ARN)] },
  },
  GetClustersForImage: {
    members: { 'filter.resourceId': pattern(IMAGE_ARN), maxResults: range(1, 100), nextToken: length(1, 3000) },
  },
  ListCoverage: {
    members: {
      maxResults: range(1, 200),
      nextToken: length(0, 1_000_000),
      ...filters(COVERAGE_FILTERS, CoverageStringComparison),
    },
  },
  BatchGetAccountStatus: { members: { accountIds: items(0, 100), 'accountIds[]': pattern(/^\d{12}$/) } },
};
