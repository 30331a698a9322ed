/** Whether Security Hub takes a finding that is imported, and what it says when it does not. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { AwsError } from '../../endpoint/aws-error.ts';
import { fieldProblems, textsOf } from './finding-problems.ts';
import { isTooLarge, MAX_TEXT_LENGTH } from './finding-size.ts';
import { timeProblems } from './finding-times.ts';

export interface ImportRefusal {
  readonly code: 'InvalidInput';
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

const formatProblems = (finding: AwsSecurityFinding): readonly string[] => [
  ...missingAssessment(finding),
  ...timeProblems(finding),
  ...fieldProblems(finding),
  ...(isTooLarge(finding) ? ['data should NOT be larger than 240 KB'] : []),
];

/** In code points, of which a text never has more than it has UTF-16 units. */
const isTooLong = (text: string): boolean => text.length > MAX_TEXT_LENGTH && [...text].length > MAX_TEXT_LENGTH;

const PRODUCT_ARN = /^arn:aws[a-z-]*:securityhub:[a-z0-9-]+:(\d{12})?:product\/[^/]+\/[^/]+$/;

/**
 * The caller may write for the product and the account of the own hub only; one finding of another fails its whole
 * call, as callers report: github.com/cloud-custodian/cloud-custodian/issues/6091, prowler-cloud/prowler/issues/867.
 */
export const callRefusal = (findings: readonly AwsSecurityFinding[], hub: Hub): AwsError | undefined => {
  const own = defaultProductArn(hub);
  for (const { ProductArn = '', AwsAccountId } of findings) {
    if (!PRODUCT_ARN.test(ProductArn)) return new AwsError('InvalidInputException', `productArn: "${ProductArn}"`);
    if (ProductArn !== own || AwsAccountId !== hub.account) return denied(ProductArn, hub);
  }
  return undefined;
};

const denied = (productArn: string, { account }: Hub): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `User: arn:aws:iam::${account}:root is not authorized to perform: securityhub:BatchImportFindings on resource: ${productArn}`,
  );

/** Undefined when the finding is taken. */
export const importRefusal = (finding: AwsSecurityFinding): ImportRefusal | undefined => {
  if (textsOf(finding).some(({ text }) => isTooLong(text))) {
    const message = `The maximum size of an individual field should be less than ${MAX_TEXT_LENGTH + 1}`;
    return { code: 'InvalidInput', message };
  }
  const problems = formatProblems(finding);
  return problems.length === 0
    ? undefined
    : {
        code: 'InvalidInput',
        message: `Finding does not adhere to Amazon Finding Format. ${problems.join(', ')}.`,
      };
};
