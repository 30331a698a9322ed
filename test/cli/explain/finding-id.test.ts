import { expect, it } from 'vitest';
import { parseFindingId } from '../../../cli/explain/finding-id.ts';

const KEY = 'inspector2-0123456789abcdef0123456789abcdef01234567';
const OTHER = 'guardduty-0123456789abcdef0123456789abcdef01234567';
const OURS = 'sekisho-0123456789abcdef0123456789abcdef01234567';
const INSPECTOR = 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef';
const GUARDDUTY = 'arn:aws-us-gov:guardduty:us-gov-west-1:111122223333:detector/d1/finding/f1';

it.each([
  ['the key', KEY, KEY],
  ['the key of a threat', OTHER, OTHER],
  ['the key of a rule about an image', OURS, OURS],
  ['Security Hub’s id of one', `sekisho/${OURS}`, OURS],
  ['Security Hub’s id', `sekisho/${KEY}`, KEY],
  [
    'the id behind its product',
    `arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default/sekisho/${KEY}`,
    KEY,
  ],
  [
    'the address of Security Hub’s page',
    `https://eu-west-1.console.aws.amazon.com/securityhub/home#/findings?search=Id%3D%255Coperator%253AEQUALS%253Asekisho%252f${KEY}`,
    KEY,
  ],
  ['a text around it', ` \`sekisho/${KEY}\`, `, KEY],
  ['the same id twice', `${KEY} ${KEY}`, KEY],
])('finds the key in %s', (_, text, key) => {
  expect(parseFindingId(text)).toEqual({ kind: 'key', key });
});

it.each([
  ['Inspector', INSPECTOR],
  ['GuardDuty', GUARDDUTY],
  [
    'a rule about an image',
    'sekisho:111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:1.4:linux/arm64:IMG-001',
  ],
])('takes what names a finding of %s', (_, arn) => {
  expect(parseFindingId(` ${arn}\n`)).toEqual({ kind: 'source', arn });
});

it.each([
  ['nothing', ''],
  ['a CVE', 'CVE-2024-6119'],
  ['two ids', `${KEY} ${OTHER}`],
  ['a key that is too short', KEY.slice(0, -1)],
  ['a key that is too long', `${KEY}0`],
  ['a key of another source', KEY.replace('inspector2', 'macie')],
  ['the ARN of another service', 'arn:aws:macie2:eu-west-1:111122223333:finding/1'],
  ['an ARN with a control character', `${INSPECTOR}\u001B[31m`],
])('takes %s for no id', (_, text) => {
  expect(parseFindingId(text)).toBeUndefined();
});
