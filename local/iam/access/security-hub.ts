/** What Security Hub calls need: an import acts on products, most others on the account's hub. */
import { valuesAt } from '../../services/values-at.ts';
import type { RequestContext } from '../condition.ts';
import { arnOf, type OperationTable, type RequiredAccess, type RequiredBy, sameFor, textAt } from './required.ts';

/** Once for each pair of product and account that the findings name. */
const importFindings: RequiredBy = (input, { account }) => {
  const needed = new Map<string, RequiredAccess>();
  for (const finding of objectsAt(input, 'Findings')) {
    const [product, target] = [textAt(finding, 'ProductArn') ?? '*', textAt(finding, 'AwsAccountId') ?? account];
    needed.set(`${product} ${target}`, {
      action: 'securityhub:BatchImportFindings',
      resource: product,
      context: { 'securityhub:TargetAccount': [target] },
    });
  }
  return [...needed.values()];
};

const objectsAt = (input: object | undefined, name: string): readonly object[] =>
  valuesAt(input, [name])
    .flat()
    .filter((value) => typeof value === 'object' && value !== null);

/** Policies deny an update by the fields that it sets, or by the value that it gives them. */
const updateFindings: RequiredBy = (input, place) => {
  const { FindingIdentifiers: _, ...fields } = Object.fromEntries(Object.entries(input ?? {}));
  const context: RequestContext = Object.fromEntries(
    Object.entries(fields)
      .flatMap(([name, value]) => fieldsOf(name, value))
      .map(([path, values]) => [`securityhub:ASFFSyntaxPath/${path}`, values]),
  );
  return [{ action: 'securityhub:BatchUpdateFindings', resource: arnOf('securityhub', place, HUB), context }];
};

type Field = readonly [path: string, values: readonly string[]];

const fieldsOf = (path: string, value: unknown): readonly Field[] => {
  if (value === undefined || value === null) return [];
  const below = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  return [[path, textsIn(value)], ...below.flatMap(([name, one]) => fieldsOf(`${path}.${name}`, one))];
};

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];

const HUB = 'hub/default';

const ON_HUB = [
  'DescribeHub',
  'DescribeProducts',
  'DescribeStandards',
  'EnableImportFindingsForProduct',
  'GetEnabledStandards',
  'GetFindingHistory',
  'GetFindings',
  'GetInsightResults',
  'GetInsights',
  'ListEnabledProductsForImport',
  'ListMembers',
];

export const SECURITY_HUB: OperationTable = {
  ...sameFor('securityhub', ON_HUB, (_input, place) => [arnOf('securityhub', place, HUB)]),
  BatchImportFindings: importFindings,
  BatchUpdateFindings: updateFindings,
};
