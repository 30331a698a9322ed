// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the placeholders of Fn::Sub
import { describe, expect, it } from 'vitest';
import { createEvaluate } from '../../../local/template/intrinsics.ts';

const evaluate = createEvaluate({
  ref: (name) => (name === 'AWS::NoValue' ? undefined : `ref:${name}`),
  getAtt: (logicalId, attribute) => `att:${logicalId}/${attribute}`,
  condition: (name) => name === 'Yes',
  findInMap: (map, top, second) => [map, top, second].join('/'),
});

describe('an intrinsic function', () => {
  it.each<[string, unknown, unknown]>([
    ['Ref', { Ref: 'Queue' }, 'ref:Queue'],
    ['Fn::GetAtt with a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'att:Queue/Arn'],
    ['Fn::GetAtt with text', { 'Fn::GetAtt': 'Nested.Outputs.Url' }, 'att:Nested/Outputs.Url'],
    ['Fn::Join', { 'Fn::Join': [':', ['a', { Ref: 'B' }, 3]] }, 'a:ref:B:3'],
    ['Fn::Sub', { 'Fn::Sub': '${A}-${Queue.Arn}-${!Kept}-$' }, 'ref:A-att:Queue/Arn-${Kept}-$'],
    ['Fn::Sub with values', { 'Fn::Sub': ['${X}/${Y}', { X: { Ref: 'Z' }, Y: 1 }] }, 'ref:Z/1'],
    ['Fn::Select', { 'Fn::Select': ['1', ['a', { Ref: 'B' }]] }, 'ref:B'],
    ['Fn::Split', { 'Fn::Split': [':', { Ref: 'A' }] }, ['ref', 'A']],
    ['Fn::If that holds', { 'Fn::If': ['Yes', 'a', { Ref: 'B' }] }, 'a'],
    ['Fn::If that does not', { 'Fn::If': ['No', 'a', { Ref: 'B' }] }, 'ref:B'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'R' }, 'memory'] }, 'Sizes/ref:R/memory'],
    ['Fn::Base64', { 'Fn::Base64': 'gate' }, 'Z2F0ZQ=='],
    ['one in another', { 'Fn::Select': [0, { 'Fn::Split': ['/', { 'Fn::Sub': '${A}/b' }] }] }, 'ref:A'],
    ['none at all', { a: [1, true, null, 'x'], Condition: 'Yes' }, { a: [1, true, null, 'x'], Condition: 'Yes' }],
    ['AWS::NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['AWS::NoValue in a list', [1, { Ref: 'AWS::NoValue' }, 2], [1, 2]],
  ])('is replaced by its value: %s', (_title, value, expected) => {
    expect(evaluate(value, 'Here')).toEqual(expected);
  });

  it.each<[string, unknown, string]>([
    ['one that is not known', { Url: { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] } }, 'Here.Url: Fn::Cidr is not'],
    ['one with an inherited name', [{ 'Fn::toString': 1 }], 'Here[0]: Fn::toString is not'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'x' }, 'Here: Fn::ImportValue'],
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }, 'Here: Fn::GetAZs'],
    ['one beside other keys', { Ref: 'A', b: 1 }, 'Here: Ref stands beside other keys'],
    ['a join of objects', { 'Fn::Join': ['', [{ a: 1 }]] }, 'Here: text was expected'],
    ['a join of no list', { 'Fn::Join': ['', 'a'] }, 'Here: a list was expected'],
    ['too few arguments', { 'Fn::If': ['Yes', 'a'] }, 'Here: a list of 3 was expected'],
    ['a selection beyond the end', { 'Fn::Select': [2, ['a']] }, 'Here: Fn::Select has no such element'],
    ['an attribute without a name', { 'Fn::GetAtt': 'Queue' }, 'Here: "Queue" names no attribute'],
    ['a dynamic reference', { a: '{{resolve:ssm:/x}}' }, 'Here.a: a dynamic reference'],
  ])('is refused, with its place: %s', (_title, value, message) => {
    expect(() => evaluate(value, 'Here')).toThrow(message);
  });
});
