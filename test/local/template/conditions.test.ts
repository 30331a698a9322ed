import { describe, expect, it } from 'vitest';
import { createConditions } from '../../../local/template/conditions.ts';

const YES = { 'Fn::Equals': ['a', 'a'] };
const NO = { 'Fn::Equals': ['a', 'b'] };

const holds = (condition: unknown): boolean =>
  createConditions({ It: condition, Yes: YES, No: NO }, (value) => value)('It', 'Here');

describe('a condition', () => {
  it.each<[string, unknown, boolean]>([
    ['equal values', YES, true],
    ['different values', NO, false],
    ['a number and its digits', { 'Fn::Equals': [1, '1'] }, true],
    ['all of them', { 'Fn::And': [YES, { Condition: 'Yes' }] }, true],
    ['not all of them', { 'Fn::And': [YES, { Condition: 'No' }] }, false],
    ['one of them', { 'Fn::Or': [NO, YES] }, true],
    ['none of them', { 'Fn::Or': [NO, { Condition: 'No' }] }, false],
    ['the opposite', { 'Fn::Not': [{ Condition: 'No' }] }, true],
  ])('%s', (_title, condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it.each<[string, unknown, string]>([
    ['of an unknown function', { 'Fn::Contains': [['a'], 'a'] }, 'Conditions.It: Fn::Contains is not a condition'],
    ['that is empty', {}, 'Conditions.It: nothing is not a condition'],
    ['with a missing name', { Condition: 'Other' }, 'Conditions.It: there is no condition Other'],
    ['without a list', { 'Fn::And': 'Yes' }, 'Conditions.It: a list of conditions was expected'],
  ])('is refused %s', (_title, condition, message) => {
    expect(() => holds(condition)).toThrow(message);
  });
});
