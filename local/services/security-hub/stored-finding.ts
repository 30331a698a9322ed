/** A finding in the hub: what its provider may write again, and what belongs to the customer from then on. */
import type {
  AwsSecurityFinding,
  BatchUpdateFindingsRequest,
  FindingProviderFields,
  Severity,
  SeverityLabel,
  SeverityUpdate,
} from '@aws-sdk/client-securityhub';
import type { Hub } from './import-rules.ts';

export interface StoredFinding {
  readonly finding: AwsSecurityFinding;
  /** Fields that BatchUpdateFindings has set: imports change them in FindingProviderFields only. */
  readonly setByCustomer: ReadonlySet<string>;
}

const NORMALIZED: Readonly<Record<SeverityLabel, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};

const labelFrom = (normalized: number): SeverityLabel => {
  if (normalized >= NORMALIZED.CRITICAL) return 'CRITICAL';
  if (normalized >= NORMALIZED.HIGH) return 'HIGH';
  if (normalized >= NORMALIZED.MEDIUM) return 'MEDIUM';
  return normalized >= NORMALIZED.LOW ? 'LOW' : 'INFORMATIONAL';
};

/** Label and Normalized say the same thing; the label wins when both are given. */
const completeSeverity = (severity: Severity): Severity => {
  const label = severity.Label ?? labelFrom(severity.Normalized ?? 0);
  const normalized = severity.Label === undefined ? severity.Normalized : NORMALIZED[label];
  return { ...severity, Label: label, Normalized: normalized ?? NORMALIZED[label] };
};

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
  ...incoming,
  Region: incoming.Region ?? region,
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
  const provided = providerFieldsFrom(incoming);
  const customers = before ?? incoming;
  const setByCustomer = stored?.setByCustomer ?? new Set();
  const kept = <Field extends keyof FindingProviderFields & keyof AwsSecurityFinding>(
    field: Field,
    fromProvider: AwsSecurityFinding[Field],
  ): AwsSecurityFinding[Field] => (before !== undefined && setByCustomer.has(field) ? before[field] : fromProvider);
  return {
    setByCustomer,
    finding: {
      ...withDefaults(incoming, hub, now),
      FindingProviderFields: provided,
      Severity: kept(
        'Severity',
        completeSeverity({ ...incoming.Severity, ...incoming.FindingProviderFields?.Severity }),
      ),
      Types: kept('Types', provided.Types),
      Confidence: kept('Confidence', provided.Confidence),
      Criticality: kept('Criticality', provided.Criticality),
      RelatedFindings: kept('RelatedFindings', provided.RelatedFindings),
      Note: customers.Note,
      UserDefinedFields: customers.UserDefinedFields,
      VerificationState: customers.VerificationState,
      Workflow: { Status: customers.Workflow?.Status ?? 'NEW' },
    },
  };
};

/** Label and Normalized are replaced together, since each is derived from the other. */
const updatedSeverity = (before: Severity = {}, update: SeverityUpdate): Severity => {
  const { Label, Normalized, ...rest } = before;
  const replaced = update.Label !== undefined || update.Normalized !== undefined;
  return completeSeverity({ ...rest, ...(replaced ? {} : { Label, Normalized }), ...update });
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
