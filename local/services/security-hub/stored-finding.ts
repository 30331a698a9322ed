/** A finding in the hub: what its provider may write again, and what belongs to the customer from then on. */
import type {
  AwsSecurityFinding,
  BatchUpdateFindingsRequest,
  FindingProviderFields,
} from '@aws-sdk/client-securityhub';
import { withExactTimes } from './finding-times.ts';
import type { Hub } from './import-rules.ts';
import { completeSeverity, updatedSeverity } from './severity.ts';
import { workflowAfter } from './workflow-reset.ts';

export interface StoredFinding {
  readonly finding: AwsSecurityFinding;
  /** Fields that BatchUpdateFindings has set: imports change them in FindingProviderFields only. */
  readonly setByCustomer: ReadonlySet<string>;
}

type Assessed = keyof FindingProviderFields & keyof AwsSecurityFinding;

/** What a provider says of its finding, whether it says so in FindingProviderFields or, as it used to be, beside them. */
const providerFieldsFrom = (incoming: AwsSecurityFinding): FindingProviderFields => {
  const severity = incoming.Severity && completeSeverity(incoming.Severity);
  return {
    Confidence: incoming.Confidence,
    Criticality: incoming.Criticality,
    RelatedFindings: incoming.RelatedFindings,
    Types: incoming.Types,
    Severity: severity && { Label: severity.Label, Original: severity.Original },
    ...incoming.FindingProviderFields,
  };
};

const withDefaults = (incoming: AwsSecurityFinding, { region }: Hub, now: Date): AwsSecurityFinding => ({
  ...withExactTimes(incoming),
  // Security Hub's own word, whatever the provider says.
  Region: region,
  // The names that Security Hub gives a custom integration which names itself nowhere.
  ProductName: incoming.ProductName ?? 'Default',
  CompanyName: incoming.CompanyName ?? 'Personal',
  RecordState: incoming.RecordState ?? 'ACTIVE',
  ProcessedAt: now.toISOString(),
});

/**
 * The finding after an import, or `stale` when the import's UpdatedAt is not later than the stored one. Note,
 * UserDefinedFields, VerificationState and Workflow are taken from an import only when it creates the finding.
 */
export const importFinding = (
  incoming: AwsSecurityFinding,
  stored: StoredFinding | undefined,
  hub: Hub,
  now: Date,
): StoredFinding | 'stale' => {
  const before = stored?.finding;
  if (before !== undefined && Date.parse(incoming.UpdatedAt ?? '') <= Date.parse(before.UpdatedAt ?? ''))
    return 'stale';
  const setByCustomer = stored?.setByCustomer ?? new Set();
  const provided = providerFieldsFrom(incoming);
  const customers = before ?? incoming;
  /** A new finding has what FindingProviderFields say; an existing one what stands beside them, where both are given. */
  const assessed = <Field extends Assessed>(
    field: Field,
    fromProvider: AwsSecurityFinding[Field],
  ): AwsSecurityFinding[Field] => {
    if (before === undefined) return fromProvider;
    return setByCustomer.has(field) ? before[field] : (incoming[field] ?? fromProvider);
  };
  const after = withDefaults(incoming, hub, now);
  return {
    setByCustomer,
    finding: {
      ...after,
      FindingProviderFields: provided,
      Severity: completeSeverity(
        assessed('Severity', incoming.FindingProviderFields?.Severity ?? incoming.Severity) ?? {},
      ),
      Types: assessed('Types', provided.Types),
      Confidence: assessed('Confidence', provided.Confidence),
      Criticality: assessed('Criticality', provided.Criticality),
      RelatedFindings: assessed('RelatedFindings', provided.RelatedFindings),
      Note: customers.Note,
      UserDefinedFields: customers.UserDefinedFields,
      VerificationState: customers.VerificationState,
      Workflow: { Status: before === undefined ? (incoming.Workflow?.Status ?? 'NEW') : workflowAfter(before, after) },
    },
  };
};

export type CustomerUpdate = Omit<BatchUpdateFindingsRequest, 'FindingIdentifiers'>;

/** The finding after BatchUpdateFindings, which does not move UpdatedAt. */
export const updateFinding = (
  { finding, setByCustomer }: StoredFinding,
  update: CustomerUpdate,
  now: Date,
): StoredFinding => ({
  setByCustomer: new Set([...setByCustomer, ...Object.keys(update)]),
  finding: {
    ...finding,
    Note: update.Note === undefined ? finding.Note : { ...update.Note, UpdatedAt: now.toISOString() },
    Severity: update.Severity === undefined ? finding.Severity : updatedSeverity(finding.Severity, update.Severity),
    VerificationState: update.VerificationState ?? finding.VerificationState,
    Confidence: update.Confidence ?? finding.Confidence,
    Criticality: update.Criticality ?? finding.Criticality,
    Types: update.Types ?? finding.Types,
    UserDefinedFields: update.UserDefinedFields ?? finding.UserDefinedFields,
    Workflow: update.Workflow?.Status === undefined ? finding.Workflow : { Status: update.Workflow.Status },
    RelatedFindings: update.RelatedFindings ?? finding.RelatedFindings,
  },
});
