/** Whether Security Hub takes a finding that is imported, and what it says when it does not. */
import {
  type AwsSecurityFinding,
  RecordState,
  SeverityLabel,
  VerificationState,
  WorkflowStatus,
} from '@aws-sdk/client-securityhub';
import { blankTexts, brokenLimits } from './field-limits.ts';

export interface ImportRefusal {
  readonly code: 'InvalidInput' | 'InvalidAccess';
  readonly message: string;
}

/** Whose hub it is: the product of a custom integration carries account and Region in its ARN. */
export interface Hub {
  readonly account: string;
  readonly region: string;
}

const MAX_FINDING_BYTES = 240 * 1024;
const SCHEMA_VERSION = '2018-10-08';
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;

export const defaultProductArn = ({ account, region }: Hub): string =>
  `arn:aws:securityhub:${region}:${account}:product/${account}/default`;

const timestampProblems = (finding: AwsSecurityFinding): readonly string[] =>
  Object.entries({
    CreatedAt: finding.CreatedAt,
    UpdatedAt: finding.UpdatedAt,
    FirstObservedAt: finding.FirstObservedAt,
    LastObservedAt: finding.LastObservedAt,
  })
    .filter(([, text]) => text !== undefined && (!TIMESTAMP.test(text) || Number.isNaN(Date.parse(text))))
    .map(([name]) => `data.${name} should match format "date-time"`);

const enumProblems = (finding: AwsSecurityFinding): readonly string[] => {
  const fields: readonly (readonly [string, string | undefined, object])[] = [
    ['Severity.Label', finding.Severity?.Label, SeverityLabel],
    ['FindingProviderFields.Severity.Label', finding.FindingProviderFields?.Severity?.Label, SeverityLabel],
    ['RecordState', finding.RecordState, RecordState],
    ['Workflow.Status', finding.Workflow?.Status, WorkflowStatus],
    ['VerificationState', finding.VerificationState, VerificationState],
  ];
  return fields
    .filter(([, value, allowed]) => value !== undefined && !Object.hasOwn(allowed, value))
    .map(([name]) => `data.${name} should be equal to one of the allowed values`);
};

/** Required by the format's guide although the API's model does not say so. */
const missingAssessment = ({
  Severity,
  Types,
  FindingProviderFields: provided,
}: AwsSecurityFinding): readonly string[] => [
  ...(provided?.Severity === undefined && Severity === undefined
    ? ["data should have required property 'Severity', or FindingProviderFields should"]
    : []),
  ...((provided?.Types ?? Types ?? []).length === 0
    ? ["data should have required property 'Types', or FindingProviderFields should"]
    : []),
];

const formatProblems = (finding: AwsSecurityFinding, { account }: Hub): readonly string[] => [
  ...(finding.SchemaVersion === SCHEMA_VERSION ? [] : [`data.SchemaVersion should be ${SCHEMA_VERSION}`]),
  ...(finding.AwsAccountId === account ? [] : [`data.AwsAccountId should be ${account}, the account of the hub`]),
  ...missingAssessment(finding),
  ...timestampProblems(finding),
  ...enumProblems(finding),
  ...brokenLimits(finding),
  ...blankTexts(finding).map((path) => `${path} should NOT be blank`),
  ...(Buffer.byteLength(JSON.stringify(finding)) > MAX_FINDING_BYTES ? ['data should NOT be larger than 240 KB'] : []),
];

/** Undefined when the finding is taken. */
export const importRefusal = (finding: AwsSecurityFinding, hub: Hub): ImportRefusal | undefined => {
  if (finding.ProductArn !== defaultProductArn(hub)) {
    return { code: 'InvalidAccess', message: `The caller may not import findings for ${finding.ProductArn}` };
  }
  const problems = formatProblems(finding, hub);
  return problems.length === 0
    ? undefined
    : {
        code: 'InvalidInput',
        message: `Finding does not adhere to Amazon Finding Format. ${problems.join(', ')}.`,
      };
};
