import * as iam from '@aws-sdk/client-iam';
import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, it } from 'vitest';
import { queryMembers } from '../../../local/endpoint/query-members.ts';
import { serviceModelFrom } from '../../../local/endpoint/service-model.ts';
import { problemsOf } from '../../../local/endpoint/validate.ts';

const { operations } = serviceModelFrom({
  schemas: iam,
  config: new iam.IAMClient({ region: 'eu-west-1' }).config,
});
const inputOf = (operation: string) => {
  const input = operations.get(operation)?.input;
  if (input === undefined) throw new Error(`IAM has no operation ${operation}`);
  return input;
};
const read = (operation: string, sent: Record<string, string>): object => queryMembers(inputOf(operation), sent);

describe('the members of a query request', () => {
  it.each<[string, string, Record<string, string>, object]>([
    ['a text', 'GetRole', { RoleName: 'a.b' }, { RoleName: 'a.b' }],
    ['a text that looks like a number', 'GetRole', { RoleName: '7' }, { RoleName: '7' }],
    ['a number', 'ListRoles', { MaxItems: '7' }, { MaxItems: 7 }],
    ['yes', 'CreatePolicyVersion', { SetAsDefault: 'true' }, { SetAsDefault: true }],
    ['no', 'CreatePolicyVersion', { SetAsDefault: 'false' }, { SetAsDefault: false }],
    ['an empty list', 'TagRole', { Tags: '' }, { Tags: [] }],
    [
      'a list of texts, in the order of its numbers',
      'UntagRole',
      { 'TagKeys.member.10': 'c', 'TagKeys.member.2': 'b', 'TagKeys.member.1': 'a' },
      { TagKeys: ['a', 'b', 'c'] },
    ],
    [
      'a list of structures',
      'TagRole',
      { 'Tags.member.1.Key': 'k', 'Tags.member.1.Value': 'v', 'Tags.member.2.Key': 'l' },
      { Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l' }] },
    ],
  ])('are read: %s', (_title, operation, sent, expected) => {
    expect(read(operation, sent)).toEqual(expected);
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['a name that is unknown', 'GetRole', { RoleName: 'a', constructor: 'x' }, 'constructor: unknown member'],
    [
      'one that is unknown in an item',
      'TagRole',
      { RoleName: 'a', 'Tags.member.1.Name': 'x' },
      'Tags[0].Name: unknown',
    ],
    ['a text for a list', 'UntagRole', { RoleName: 'a', TagKeys: 'x' }, 'TagKeys: expected a list'],
    ['a list without numbers', 'UntagRole', { RoleName: 'a', 'TagKeys.x': 'y' }, 'TagKeys: expected a list'],
    ['a text for a number', 'ListRoles', { MaxItems: '0x10' }, 'MaxItems: expected a number'],
    ['a text for yes or no', 'CreatePolicyVersion', { SetAsDefault: 'yes' }, 'SetAsDefault: expected a boolean'],
  ])('stay as they are for the check to refuse: %s', (_title, operation, sent, words) => {
    const problems = problemsOf(inputOf(operation), read(operation, sent)).map(({ text }) => text);
    expect(problems.join()).toContain(words);
  });

  it.each([
    ['a time', 4, 'Member'],
    ['a blob', 21, 'Member'],
    ['a map of texts', 128, 'Member.entry.1.key'],
  ] as const)('are refused where they are %s', (_title, type, name) => {
    const schema = NormalizedSchema.of([3, 'test', 'Input', 0, ['Member'], [type]]);
    expect(() => queryMembers(schema, { [name]: 'x' })).toThrow('does not implement maps, times and blobs');
  });
});
