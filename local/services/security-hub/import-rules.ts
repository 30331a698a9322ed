/** Whether Security Hub takes a finding that is imported, and what it says when it does not. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { fieldProblems, textsOf } from './finding-problems.ts';
import { isTooLarge, MAX_TEXT_LENGTH } from './finding-size.ts';
import { timeProblems } from './finding-times.ts';

export interface ImportRefusal {
  readonly code: 'InvalidInput' | 'InvalidAccess';
  readonly message: string;
}

/** Whose hub it is: the product of a custom integration carries account and Region in its ARN. */
export interface Hub {
  readonly account: string;
  readonly region: string;
}

export const defaultProductArn = ({ account, region }: Hub): string =>
  `arn:aws:securityhub:${region}:${account}:product/${account}/default`;

/** Required by the format's guide although the API's model does not say so. */
const missingAssessment = ({
  Severity,
  Types,
  FindingProviderFields: provided,
}: AwsSecurityFinding): readonly string[] => {
  const missing = [
    ...(provided?.Severity === undefined && Severity === undefined ? ['Severity'] : []),
    ...((provided?.Types ?? Types ?? []).length === 0 ? ['Types'] : []),
  ].map((name) => `data should have required property '${name}'`);
  const instead = [
    "data should have required property 'FindingProviderFields'",
    'data should match some schema in anyOf',
  ];
  return missing.length === 0 ? [] : [...missing, ...instead];
};

const formatProblems = (finding: AwsSecurityFinding, { account }: Hub): readonly string[] => [
  ...(finding.AwsAccountId === account ? [] : [`data.AwsAccountId should be ${account}, the account of the hub`]),
  ...missingAssessment(finding),
  ...timeProblems(finding),
  ...fieldProblems(finding),
  ...(isTooLarge(finding) ? ['data should NOT be larger than 240 KB'] : []),
];

/** Undefined when the finding is taken. */
export const importRefusal = (finding: AwsSecurityFinding, hub: Hub): ImportRefusal | undefined => {
  if (finding.ProductArn !== defaultProductArn(hub)) {
    return { code: 'InvalidAccess', message: `The caller may not import findings for ${finding.ProductArn}` };
  }
  if (textsOf(finding).some(({ text }) => text.length > MAX_TEXT_LENGTH)) {
    const message = `The maximum size of an individual field should be less than ${MAX_TEXT_LENGTH + 1}`;
    return { code: 'InvalidInput', message };
  }
  const problems = formatProblems(finding, hub);
  return problems.length === 0
    ? undefined
    : {
        code: 'InvalidInput',
        message: `Finding does not adhere to Amazon Finding Format. ${problems.join(', ')}.`,
      };
};
