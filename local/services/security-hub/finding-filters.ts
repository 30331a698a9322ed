/** GetFindings' filters and sort criteria, as far as they are written; any other is refused and not ignored. */
import type {
  AwsSecurityFinding,
  AwsSecurityFindingFilters,
  MapFilter,
  SortCriterion,
} from '@aws-sdk/client-securityhub';
import { notImplemented } from '../../endpoint/aws-error.ts';
import { matchesFilters } from '../string-filter.ts';

type Values = (finding: AwsSecurityFinding) => readonly (string | undefined)[];

const TEXT_FIELDS = {
  ProductArn: ({ ProductArn }) => [ProductArn],
  ProductName: ({ ProductName }) => [ProductName],
  CompanyName: ({ CompanyName }) => [CompanyName],
  AwsAccountId: ({ AwsAccountId }) => [AwsAccountId],
  Region: ({ Region }) => [Region],
  Id: ({ Id }) => [Id],
  GeneratorId: ({ GeneratorId }) => [GeneratorId],
  Type: ({ Types }) => Types ?? [],
  Title: ({ Title }) => [Title],
  Description: ({ Description }) => [Description],
  SeverityLabel: ({ Severity }) => [Severity?.Label],
  RecordState: ({ RecordState }) => [RecordState],
  WorkflowStatus: ({ Workflow }) => [Workflow?.Status],
  VerificationState: ({ VerificationState }) => [VerificationState],
  ComplianceStatus: ({ Compliance }) => [Compliance?.Status],
  ResourceId: ({ Resources }) => (Resources ?? []).map(({ Id }) => Id),
  ResourceType: ({ Resources }) => (Resources ?? []).map(({ Type }) => Type),
  NoteText: ({ Note }) => [Note?.Text],
  NoteUpdatedBy: ({ Note }) => [Note?.UpdatedBy],
} as const satisfies Partial<Record<keyof AwsSecurityFindingFilters, Values>>;

const MAP_FIELDS = {
  ProductFields: ({ ProductFields }: AwsSecurityFinding) => ProductFields,
  UserDefinedFields: ({ UserDefinedFields }: AwsSecurityFinding) => UserDefinedFields,
} as const;

/** The names of the filters that are written. */
export const TEXT_FILTERS: readonly string[] = Object.keys(TEXT_FIELDS);
export const MAP_FILTERS: readonly string[] = Object.keys(MAP_FIELDS);

const isTextField = (name: string): name is keyof typeof TEXT_FIELDS => Object.hasOwn(TEXT_FIELDS, name);
const isMapField = (name: string): name is keyof typeof MAP_FIELDS => Object.hasOwn(MAP_FIELDS, name);

const pair = (key: string | undefined, value: string | undefined): string => JSON.stringify([key, value]);

const matchesMap = (filters: readonly MapFilter[], map: Readonly<Record<string, string>> = {}): boolean => {
  const other = filters.find(({ Comparison }) => Comparison !== 'EQUALS' && Comparison !== 'NOT_EQUALS');
  if (other !== undefined) throw notImplemented(`the comparison ${other.Comparison} in map filters`);
  return matchesFilters(
    filters.map(({ Key, Value, Comparison = 'EQUALS' }) => ({ comparison: Comparison, value: pair(Key, Value) })),
    Object.entries(map).map(([key, value]) => pair(key, value)),
  );
};

const matchesField = (finding: AwsSecurityFinding, filters: AwsSecurityFindingFilters, name: string): boolean => {
  if (isMapField(name)) return matchesMap(filters[name] ?? [], MAP_FIELDS[name](finding));
  if (!isTextField(name)) throw notImplemented(`the filter ${name}`);
  const values = TEXT_FIELDS[name](finding).filter((value) => value !== undefined);
  return matchesFilters(
    (filters[name] ?? []).map(({ Comparison = 'EQUALS', Value = '' }) => ({ comparison: Comparison, value: Value })),
    values,
  );
};

/** Fields are joined by AND. */
export const matchesFindingFilters = (finding: AwsSecurityFinding, filters: AwsSecurityFindingFilters): boolean =>
  Object.keys(filters).every((name) => matchesField(finding, filters, name));

const SORT_KEYS = new Map<string, (finding: AwsSecurityFinding) => string | number>(
  Object.entries({
    Id: ({ Id = '' }) => Id,
    Title: ({ Title = '' }) => Title,
    CreatedAt: ({ CreatedAt = '' }) => Date.parse(CreatedAt),
    UpdatedAt: ({ UpdatedAt = '' }) => Date.parse(UpdatedAt),
    SeverityNormalized: ({ Severity }) => Severity?.Normalized ?? 0,
  }),
);

const compareBy = ({ Field = '', SortOrder }: SortCriterion) => {
  const key = SORT_KEYS.get(Field);
  if (key === undefined) throw notImplemented(`sorting by ${Field}`);
  const sign = SortOrder === 'desc' ? -1 : 1;
  return (a: AwsSecurityFinding, b: AwsSecurityFinding): number => {
    const [left, right] = [key(a), key(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  };
};

/** The first criterion that tells two findings apart decides. */
export const sortFindings = (
  findings: readonly AwsSecurityFinding[],
  criteria: readonly SortCriterion[],
): readonly AwsSecurityFinding[] => {
  const comparisons = criteria.map(compareBy);
  return findings.toSorted((a, b) => comparisons.reduce((order, compare) => order || compare(a, b), 0));
};
