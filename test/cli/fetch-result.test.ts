import { expect, it } from 'vitest';
import { deadLetterFrom } from '../../cli/fetch-result.ts';

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
