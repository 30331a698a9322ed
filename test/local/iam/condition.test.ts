import { describe, expect, it } from 'vitest';
import { type Conditions, hold, refuseUnknownConditions } from '../../../local/iam/condition.ts';

const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival';
const CONTEXT = {
  'aws:SecureTransport': ['true'],
  'aws:SourceArn': [RULE],
  'aws:SourceAccount': ['111122223333'],
  'securityhub:ASFFSyntaxPath/Types': ['TTPs', 'Effects'],
};
const TYPES = 'securityhub:ASFFSyntaxPath/Types';
const ABSENT = 'securityhub:ASFFSyntaxPath/Note';

describe('a condition holds', () => {
  it.each<[string, Conditions]>([
    ['when there is none', {}],
    ['when a text is equal', { StringEquals: { 'aws:SourceAccount': ['111122223333'] } }],
    ['when one of several texts is equal', { StringEquals: { 'aws:SourceAccount': ['1', '111122223333'] } }],
    ['whatever the case of the key', { StringEquals: { 'AWS:sourceaccount': ['111122223333'] } }],
    ['when the case differs and does not matter', { StringEqualsIgnoreCase: { [TYPES]: ['ttpS'] } }],
    ['when a text is like it', { StringLike: { 'aws:SourceArn': ['*:rule/on-*'] } }],
    ['when an ARN is like it', { ArnLike: { 'aws:SourceArn': ['arn:aws:events:*:*:rule/on-*'] } }],
    ['when an ARN with wildcards is equal', { ArnEquals: { 'aws:SourceArn': ['arn:aws:events:*:*:rule/*'] } }],
    ['when a flag is set', { Bool: { 'aws:SecureTransport': ['true'] } }],
    ['when no unwanted text is there', { StringNotEquals: { 'aws:SourceAccount': ['1', '2'] } }],
    ['when an unwanted key is absent', { StringNotEquals: { [ABSENT]: ['x'] }, ArnNotLike: { [ABSENT]: ['x'] } }],
    ['when a key must be absent and is', { Null: { [ABSENT]: ['true'] } }],
    ['when a key must be there and is', { Null: { [TYPES]: ['false'] } }],
    ['when a key that may be absent is', { StringEqualsIfExists: { [ABSENT]: ['x'] } }],
    ['when a key that may be absent fits', { StringLikeIfExists: { [TYPES]: ['TT*'] } }],
    ['when all values are wanted', { 'ForAllValues:StringEquals': { [TYPES]: ['TTPs', 'Effects', 'Other'] } }],
    ['for all values when there are none', { 'ForAllValues:StringEquals': { [ABSENT]: ['x'] } }],
    ['when any value is wanted', { 'ForAnyValue:StringLike': { [TYPES]: ['Eff*'] } }],
    ['when any value is not unwanted', { 'ForAnyValue:StringNotEquals': { [TYPES]: ['TTPs'] } }],
    ['for any value when the key may be absent', { 'ForAnyValue:StringEqualsIfExists': { [ABSENT]: ['x'] } }],
    [
      'when all keys of all operators do',
      {
        StringEquals: { 'aws:SourceAccount': ['111122223333'] },
        ArnEquals: { 'aws:SourceArn': [RULE] },
      },
    ],
  ])('%s', (_title, conditions) => {
    expect(hold(conditions, CONTEXT)).toBe(true);
  });
});

describe('a condition does not hold', () => {
  it.each<[string, Conditions]>([
    ['when a text differs', { StringEquals: { 'aws:SourceAccount': ['1'] } }],
    ['when the case differs', { StringEquals: { [TYPES]: ['ttps'] } }],
    ['when a text with a wildcard must be equal', { StringEquals: { 'aws:SourceAccount': ['1*'] } }],
    ['when the key is absent', { StringEquals: { [ABSENT]: ['x'] } }],
    ['when a flag is not set', { Bool: { 'aws:SecureTransport': ['false'] } }],
    ['when one unwanted text is there', { StringNotEquals: { 'aws:SourceAccount': ['1', '111122223333'] } }],
    ['when one of the values is unwanted', { StringNotEquals: { [TYPES]: ['Effects'] } }],
    ['when an ARN is unlike it', { ArnEquals: { 'aws:SourceArn': [`${RULE}-2`] } }],
    ['when an ARN is unwanted', { ArnNotEquals: { 'aws:SourceArn': [RULE] } }],
    ['when a key must be there and is not', { Null: { [ABSENT]: ['false'] } }],
    ['when a key must be absent and is there', { Null: { [TYPES]: ['true'] } }],
    ['when one value is not wanted', { 'ForAllValues:StringEquals': { [TYPES]: ['TTPs'] } }],
    ['for any value when there are none', { 'ForAnyValue:StringEquals': { [ABSENT]: ['x'] } }],
    ['for any unwanted value when there are none', { 'ForAnyValue:StringNotEquals': { [ABSENT]: ['x'] } }],
    ['when a key that may be absent does not fit', { StringEqualsIfExists: { 'aws:SourceAccount': ['1'] } }],
    [
      'when one key of several does not',
      { StringEquals: { 'aws:SourceAccount': ['111122223333'], 'aws:SourceArn': ['x'] } },
    ],
    [
      'when one operator of several does not',
      { ArnEquals: { 'aws:SourceArn': [RULE] }, Bool: { 'aws:SecureTransport': ['false'] } },
    ],
  ])('%s', (_title, conditions) => {
    expect(hold(conditions, CONTEXT)).toBe(false);
  });
});

describe('a condition that cannot be decided here is refused', () => {
  it.each<[Conditions, string]>([
    [{ IpAddress: { 'aws:SourceArn': ['10.0.0.0/8'] } }, 'the condition operator IpAddress'],
    [{ 'ForAllValues:NumericEquals': { 'aws:SourceArn': ['1'] } }, 'the condition operator ForAllValues:NumericEquals'],
    [{ NullIfExists: { 'aws:SourceArn': ['true'] } }, 'the condition operator NullIfExists'],
    [{ StringEquals: { 'aws:PrincipalOrgID': ['o-1'] } }, 'the condition key aws:PrincipalOrgID'],
    [{ Null: { 'dynamodb:LeadingKeys': ['true'] } }, 'the condition key dynamodb:LeadingKeys'],
  ])('%j', (conditions, subject) => {
    expect(() => refuseUnknownConditions(conditions)).toThrow(`The local runtime does not know ${subject}`);
  });

  it('also while it is decided, whatever the request says', () => {
    expect(() => hold({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } }, {})).toThrow(
      /the condition operator IpAddress/,
    );
  });
});
