/** The values that a template does not set itself: its parameters, and those that CloudFormation gives to each. */
import type { TemplateDocument } from './cloud-assembly.ts';
import type { Place } from './resource-kinds.ts';
import { TemplateError } from './template-error.ts';

/** A parameter is what its default says: nobody is asked. Throws TemplateError where there is none. */
export const parameterValue = (
  name: string,
  { Type, Default }: TemplateDocument['Parameters'][string],
  at: string,
): unknown => {
  if (Type.startsWith('AWS::SSM::Parameter::'))
    throw new TemplateError(at, `the parameter ${name} asks for a value of Parameter Store, and there is none here`);
  if (Default === undefined) throw new TemplateError(at, `the parameter ${name} has no default`);
  return Type === 'CommaDelimitedList' || Type.startsWith('List<') ? String(Default).split(',') : Default;
};

export const pseudoParameters = (stack: string, { account, region, partition }: Place): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ['AWS::AccountId', account],
    ['AWS::Region', region],
    ['AWS::Partition', partition],
    ['AWS::URLSuffix', partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'],
    ['AWS::StackName', stack],
    [
      'AWS::StackId',
      `arn:${partition}:cloudformation:${region}:${account}:stack/${stack}/00000000-0000-0000-0000-000000000000`,
    ],
    ['AWS::NotificationARNs', []],
    ['AWS::NoValue', undefined],
  ]);
