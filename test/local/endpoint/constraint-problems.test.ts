import { expect, it } from 'vitest';
import { constraintProblems, validationMessage } from '../../../local/endpoint/constraint-problems.ts';
import {
  type CrossRule,
  items,
  length,
  type MemberConstraints,
  oneOf,
  pattern,
  range,
} from '../../../local/endpoint/constraints.ts';

it.each<[MemberConstraints, object, string]>([
  [
    { imageIds: items(1, 100) },
    { imageIds: Array.from({ length: 101 }, () => ({})) },
    "Value at 'imageIds' failed to satisfy constraint: Member must have length less than or equal to 100",
  ],
  [
    { 'imageIds[].imageTag': length(1, 300) },
    { imageIds: [{ imageTag: 'a' }, { imageTag: '' }] },
    "Value at 'imageIds.2.member.imageTag' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    { maxResults: range(1, 100) },
    { maxResults: 101 },
    "Value at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
  ],
  [
    { maxResults: range(1, 100) },
    { maxResults: 1.5 },
    "Value at 'maxResults' failed to satisfy constraint: Member must be a whole number",
  ],
  [
    { 'accountIds[]': pattern(/^\d{12}$/) },
    { accountIds: ['me'] },
    "Value at 'accountIds.1.member' failed to satisfy constraint: Member must satisfy regular expression pattern: ^\\d{12}$",
  ],
  [
    { launchType: oneOf({ EC2: 'EC2', FARGATE: 'FARGATE' }) },
    { launchType: 'MOON' },
    "Value at 'launchType' failed to satisfy constraint: Member must satisfy enum value set: [EC2, FARGATE]",
  ],
  [
    { 'tags{key}': length(1, 1) },
    { tags: { ab: 'x' } },
    "Value at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1]",
  ],
  [
    { 'tags{}': length(1, 1) },
    { tags: { a: 'xy' } },
    "Value at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 1]",
  ],
])('says of %o in AWS’s words what is wrong', (members, input, sentence) => {
  expect(constraintProblems({ members }, input)).toEqual([sentence]);
});

it('says what is wrong between members after what is wrong with each', () => {
  const notBoth: CrossRule = (input: { a?: string; b?: string }) =>
    input.a && input.b ? 'a or b, not both' : undefined;
  const constraints = { members: { a: oneOf(['x']) }, together: [notBoth] };
  expect(constraintProblems(constraints, { a: 'y', b: 'z' }).at(-1)).toBe('a or b, not both');
  expect(constraintProblems(constraints, { a: 'x' })).toEqual([]);
});

it('counts the errors as AWS does', () => {
  expect(validationMessage(['one'])).toBe('1 validation error detected: one');
  expect(validationMessage(['one', 'two'])).toBe('2 validation errors detected: one; two');
});
