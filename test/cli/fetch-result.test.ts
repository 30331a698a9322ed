import { expect, it } from 'vitest';
import { deadLetterFrom, resultFinding } from '../../cli/fetch-result.ts';

const text = (StringValue: string) => ({ StringValue });

it.each([
  [
    'that a function wrote',
    { ErrorCode: text('EVENT_INVALID'), Reason: text('No JSON.'), Function: text('on-finding') },
    { code: 'EVENT_INVALID', reason: 'No JSON.' },
  ],
  [
    'that EventBridge wrote',
    { ERROR_CODE: text('NO_PERMISSIONS'), ERROR_MESSAGE: text('not let in'), RULE_ARN: text('arn') },
    { code: 'NO_PERMISSIONS', reason: 'not let in' },
  ],
  ['with a code alone', { ErrorCode: text('UNEXPECTED') }, { code: 'UNEXPECTED' }],
  ['that SQS moved, without a word', {}, {}],
])('a dead letter %s says why', (_, attributes, expected) => {
  expect(deadLetterFrom('some-dlq', attributes)).toEqual({ queue: 'some-dlq', ...expected });
});

const HUB_FINDING = {
  SchemaVersion: '2018-10-08',
  Id: 'sekisho/one',
  ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
  GeneratorId: 'sekisho/vulnerability',
  AwsAccountId: '111122223333',
  CreatedAt: '2026-03-01T10:00:00.000Z',
  UpdatedAt: '2026-03-01T10:00:00.000Z',
  Title: 'CVE-2026-1 in lib (team/app:1.0)',
  Description: 'Attend: a public exploit exists. Runs nowhere.',
  Resources: [],
  Severity: { Label: 'HIGH' as const },
  RecordState: 'ACTIVE' as const,
  Remediation: { Recommendation: { Text: 'Upgrade lib.' } },
};
const FIELDS = {
  'sekisho/decision': 'attend',
  'sekisho/score': '77',
  'sekisho/reason': 'Attend: a public exploit exists',
};
const READ = {
  title: 'CVE-2026-1 in lib (team/app:1.0)',
  decision: 'attend',
  score: '77',
  severity: 'HIGH',
  reason: 'Attend: a public exploit exists',
  remediation: 'Upgrade lib.',
  state: 'ACTIVE',
};

it.each([
  ['its decision', FIELDS, READ],
  [
    'its due date and what it could be at worst',
    { ...FIELDS, 'sekisho/due-on': '2026-12-04', 'sekisho/worst-possible': 'act if it is internet-facing' },
    { ...READ, dueOn: '2026-12-04', worstPossible: 'act if it is internet-facing' },
  ],
  [
    'nothing of ours, as a finding of another product has it',
    undefined,
    { ...READ, decision: 'unknown', score: '', reason: 'Attend: a public exploit exists. Runs nowhere.' },
  ],
])('reads of a finding %s', (_case, fields, expected) => {
  expect(resultFinding({ ...HUB_FINDING, ...(fields && { ProductFields: fields }) })).toEqual(expected);
});
