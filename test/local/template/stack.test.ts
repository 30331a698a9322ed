import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TemplateDocument } from '../../../local/template/cloud-assembly.ts';
import { eventSourceMappingsOf } from '../../../local/template/event-source-mapping.ts';
import { functionsOf } from '../../../local/template/function.ts';
import { queuesOf } from '../../../local/template/queue.ts';
import { rulesOf } from '../../../local/template/rule.ts';
import { createStack, type Stack } from '../../../local/template/stack.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };

const stackWith = (document: Partial<TemplateDocument>): Stack =>
  createStack(
    {
      name: 'gate',
      document: { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {}, ...document },
    },
    new Map([['archive.zip', import.meta.filename]]),
    { ...PLACE, queueUrl: (name) => `queue:${name}` },
  );

const resource = (Type: string, Properties: Record<string, unknown> = {}) => ({ Type, Properties });

const output = (Value: unknown, document: Partial<TemplateDocument> = {}): string | undefined =>
  stackWith({ ...document, Outputs: { It: { Value } } }).outputs.It;

describe('a reference', () => {
  it.each([
    ['AWS::AccountId', '111122223333'],
    ['AWS::Region', 'eu-west-1'],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', 'gate'],
  ])('to %s is %s', (name, expected) => {
    expect(output({ Ref: name })).toBe(expected);
  });

  it.each<[string, string]>([
    ['AWS::SQS::Queue', 'queue:gate-It'],
    ['AWS::DynamoDB::Table', 'gate-It'],
    ['AWS::DynamoDB::GlobalTable', 'gate-It'],
    ['AWS::Lambda::Function', 'gate-It'],
    ['AWS::Events::Rule', 'gate-It'],
    ['AWS::IAM::Role', 'gate-It'],
    ['AWS::S3::Bucket', 'gate-it'],
    ['AWS::SNS::Topic', 'arn:aws:sns:eu-west-1:111122223333:gate-It'],
    ['AWS::IAM::ManagedPolicy', 'arn:aws:iam::111122223333:policy/gate-It'],
    ['AWS::Logs::LogGroup', 'gate-It'],
  ])('to a %s is %s', (type, expected) => {
    expect(output({ Ref: 'It' }, { Resources: { It: resource(type) } })).toBe(expected);
  });

  it('to a parameter is its default', () => {
    expect(output({ Ref: 'Stage' }, { Parameters: { Stage: { Type: 'String', Default: 'prod' } } })).toBe('prod');
  });

  it('to a parameter of a list type is a list', () => {
    const Parameters = { Names: { Type: 'CommaDelimitedList', Default: 'a,b' } };
    expect(output({ 'Fn::Select': [1, { Ref: 'Names' }] }, { Parameters })).toBe('b');
  });

  it('to a role with a path has the path in its ARN', () => {
    const Resources = { It: resource('AWS::IAM::Role', { RoleName: 'r', Path: '/gate/' }) };
    expect(output({ 'Fn::GetAtt': ['It', 'Arn'] }, { Resources })).toBe('arn:aws:iam::111122223333:role/gate/r');
  });

  it.each<[string, unknown, Partial<TemplateDocument>, string]>([
    ['nothing', { Ref: 'Gone' }, {}, 'Outputs.It: there is no Gone in the stack gate'],
    [
      'a resource whose condition does not hold',
      { Ref: 'Gone' },
      {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Resources: { Gone: { ...resource('AWS::SQS::Queue'), Condition: 'Never' } },
      },
      'Outputs.It: there is no Gone in the stack gate',
    ],
    [
      'a type without a name here',
      { Ref: 'Api' },
      { Resources: { Api: resource('AWS::ApiGatewayV2::Api') } },
      'Outputs.It: Api is a AWS::ApiGatewayV2::Api, which has no name here',
    ],
    [
      'an unknown attribute',
      { 'Fn::GetAtt': ['Queue', 'Size'] },
      { Resources: { Queue: resource('AWS::SQS::Queue') } },
      'Outputs.It: Queue (AWS::SQS::Queue) has no Size here',
    ],
    [
      'a parameter without a default',
      { Ref: 'Stage' },
      { Parameters: { Stage: { Type: 'String', Default: undefined } } },
      'Outputs.It: the parameter Stage has no default',
    ],
    [
      'a parameter of Parameter Store',
      { Ref: 'Ami' },
      { Parameters: { Ami: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ami' } } },
      'Outputs.It: the parameter Ami asks for a value of Parameter Store',
    ],
    ['a missing mapping', { 'Fn::FindInMap': ['Sizes', 'a', 'b'] }, {}, 'Outputs.It: the mapping Sizes has no a.b'],
  ])('to %s is refused', (_title, value, document, message) => {
    expect(() => output(value, document)).toThrow(message);
  });
});

describe('a physical name', () => {
  const nameOf = (logicalId: string, type: string): string =>
    stackWith({ Resources: { [logicalId]: resource(type) } }).namedResourcesOf(type)[0]?.name ?? '';

  it('is the same every time, and another for another resource, when it has to be cut', () => {
    const long = 'Q'.repeat(100);
    const name = nameOf(`${long}1`, 'AWS::SQS::Queue');
    expect(name).toHaveLength(80);
    expect(name).toBe(nameOf(`${long}1`, 'AWS::SQS::Queue'));
    expect(name).not.toBe(nameOf(`${long}2`, 'AWS::SQS::Queue'));
  });
});

describe('properties', () => {
  it.each<[string, string, Record<string, unknown>, (stack: Stack) => unknown, string]>([
    ['that are not known', 'AWS::SQS::Queue', { Colour: 'red' }, queuesOf, 'It.Properties: Unrecognized key: "Colour"'],
    ['of a wrong type', 'AWS::SQS::Queue', { VisibilityTimeout: [] }, queuesOf, 'It.Properties.VisibilityTimeout: '],
    [
      'that refer to nothing',
      'AWS::SQS::Queue',
      { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Gone', 'Arn'] } } },
      queuesOf,
      'It.Properties.RedrivePolicy.deadLetterTargetArn: there is no Gone',
    ],
    [
      'that transform the event',
      'AWS::Events::Rule',
      { Targets: [{ Id: 'a', Arn: 'b', InputPath: '$.detail' }] },
      rulesOf,
      'It.Properties.Targets.0: Unrecognized key: "InputPath"',
    ],
    [
      'that read a stream',
      'AWS::Lambda::EventSourceMapping',
      { FunctionName: 'f', EventSourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/1' },
      eventSourceMappingsOf,
      'It.Properties.EventSourceArn: must be the ARN of an SQS queue',
    ],
    [
      'with a filter that is not JSON',
      'AWS::Lambda::EventSourceMapping',
      {
        FunctionName: 'f',
        EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:q',
        FilterCriteria: { Filters: [{ Pattern: '{' }] },
      },
      eventSourceMappingsOf,
      'It.Properties.FilterCriteria.Filters.0.Pattern: the filter pattern is not JSON',
    ],
    [
      'with inline code',
      'AWS::Lambda::Function',
      { Handler: 'index.handler', Runtime: 'nodejs24.x', Role: 'r', Code: { ZipFile: 'x' } },
      functionsOf,
      'It.Properties.Code.S3Key: ',
    ],
    [
      'with a layer',
      'AWS::Lambda::Function',
      { Handler: 'index.handler', Runtime: 'nodejs24.x', Role: 'r', Code: { S3Key: 'x' }, Layers: ['l'] },
      functionsOf,
      'It.Properties: Unrecognized key: "Layers"',
    ],
    [
      'with a handler of no file',
      'AWS::Lambda::Function',
      { Handler: 'handler', Runtime: 'nodejs24.x', Role: 'r', Code: { S3Key: 'x' } },
      functionsOf,
      'It.Properties.Handler: "handler" names no export',
    ],
    [
      'with code that is not in the assembly',
      'AWS::Lambda::Function',
      { Handler: 'index.handler', Runtime: 'nodejs24.x', Role: 'r', Code: { S3Key: 'gone.zip' } },
      functionsOf,
      'It.Properties.Code.S3Key: the cloud assembly has no asset gone.zip',
    ],
    [
      'with code that is no directory',
      'AWS::Lambda::Function',
      { Handler: 'index.handler', Runtime: 'nodejs24.x', Role: 'r', Code: { S3Key: 'archive.zip' } },
      functionsOf,
      'is no directory',
    ],
  ])('%s are refused, with their place', (_title, type, properties, read, message) => {
    expect(() => read(stackWith({ Resources: { It: resource(type, properties) } }))).toThrow(message);
  });

  it('are read as deployed', () => {
    const Resources = { It: resource('Any', { Name: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'x']] } }) };
    const [it] = stackWith({ Resources }).resourcesOf('Any');
    expect(it?.properties(z.object({ Name: z.string() }))).toEqual({ Name: 'gate-x' });
  });
});
