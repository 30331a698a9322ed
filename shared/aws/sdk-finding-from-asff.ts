/** Our read-only ASFF finding in the writable shape that the SDK's input type asks for. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { AsffFinding } from '../asff/asff.ts';

type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Writable<T[Key]> }
    : T;

const writableCopy = <T>(value: T): Writable<T> => JSON.parse(JSON.stringify(value));

export const sdkFindingFromAsff = (finding: AsffFinding): AwsSecurityFinding => writableCopy(finding);
