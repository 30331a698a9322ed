/** What Security Hub asks of a call as a whole; what it asks of an imported finding fails that finding only. */
import {
  type BatchImportFindingsRequest,
  type BatchUpdateFindingsRequest,
  type GetFindingsRequest,
  MapFilterComparison,
  SortOrder,
  StringFilterComparison,
  VerificationState,
  WorkflowStatus,
} from '@aws-sdk/client-securityhub';
import {
  type ConstraintTable,
  items,
  length,
  type MemberConstraints,
  oneOf,
  pattern,
  range,
} from '../../endpoint/constraints.ts';
import { assessment, NOTE, textMap } from './field-limits.ts';
import { MAP_FILTERS, TEXT_FILTERS } from './finding-filters.ts';
import { blankTextProblems } from './finding-problems.ts';
import { isBatchTooLarge } from './finding-size.ts';

const MAX_FINDINGS = 100;
const MAX_FILTERED_FIELDS = 10;
const MAX_FILTER_VALUES = 20;

const filters = (names: readonly string[], comparisons: Readonly<Record<string, string>>): MemberConstraints =>
  Object.fromEntries(names.map((name) => [`Filters.${name}[].Comparison`, oneOf(comparisons)]));

const tooLarge = ({ Findings = [] }: Partial<BatchImportFindingsRequest>): string | undefined =>
  isBatchTooLarge(Findings)
    ? "Value at 'Findings' failed to satisfy constraint: Member must be at most 6 MB"
    : undefined;

const blankTexts = (update: Partial<BatchUpdateFindingsRequest>): string | undefined => {
  const problems = blankTextProblems(update);
  return problems.length === 0 ? undefined : problems.join(', ');
};

const tooManyFilters = ({ Filters = {} }: GetFindingsRequest): string | undefined => {
  const counts = Object.values({ ...Filters }).map((values) => values?.length ?? 0);
  return counts.length > MAX_FILTERED_FIELDS || counts.some((count) => count > MAX_FILTER_VALUES)
    ? `Value at 'Filters' failed to satisfy constraint: Member must have at most ${MAX_FILTERED_FIELDS} attributes with ${MAX_FILTER_VALUES} values each`
    : undefined;
};

export const SECURITY_HUB_CONSTRAINTS: ConstraintTable = {
  BatchImportFindings: { members: { Findings: items(1, MAX_FINDINGS) }, together: [tooLarge] },
  BatchUpdateFindings: {
    members: {
      FindingIdentifiers: items(1, MAX_FINDINGS),
      ...NOTE,
      ...assessment(''),
      ...textMap('UserDefinedFields', 1024),
      VerificationState: oneOf(VerificationState),
      'Workflow.Status': oneOf(WorkflowStatus),
    },
    together: [blankTexts],
  },
  GetFindings: {
    members: {
      MaxResults: range(1, MAX_FINDINGS),
      'SortCriteria[].SortOrder': oneOf(SortOrder),
      ...filters(TEXT_FILTERS, StringFilterComparison),
      ...filters(MAP_FILTERS, MapFilterComparison),
    },
    together: [tooManyFilters],
  },
  DescribeHub: { members: { HubArn: [length(1, 2048), pattern(/\S/)] } },
  ListEnabledProductsForImport: { members: { MaxResults: range(1, 100) } },
};
