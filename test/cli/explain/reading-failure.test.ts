import { expect, it } from 'vitest';
import { readingFailure } from '../../../cli/explain/reading-failure.ts';
import { errorFromAws } from '../../../shared/aws/error-from-aws.ts';

const thrownBy = (name: string, httpStatusCode?: number) =>
  errorFromAws(
    Object.assign(new Error('not to be read'), { name, $metadata: { httpStatusCode } }),
    'Reading a decision',
  );

it.each([
  ['a table that is not there', thrownBy('ResourceNotFoundException', 400), 'StateTableName'],
  ['missing credentials', thrownBy('CredentialsProviderError'), 'No AWS credentials were found'],
  ['a denied call', thrownBy('AccessDeniedException', 400), 'must allow dynamodb:GetItem on the table state'],
  ['a Security Hub that is not enabled', thrownBy('InvalidAccessException', 401), 'Security Hub is not enabled'],
  ['a rejected call', thrownBy('ValidationException', 400), 'It was the table state.'],
  ['no answer', thrownBy('TimeoutError'), 'Nothing came back from the table state'],
])('says what to do about %s', (_, thrown, advice) => {
  const failure = readingFailure(thrown, 'the table state');
  expect(failure?.message).toMatch(/^Reading a decision failed: \w+\n/);
  expect(failure?.message).toContain(advice);
});

it('leaves alone what is no failure of AWS', () => {
  expect(readingFailure(new Error('no Region is set'), 'the table state')).toBeUndefined();
});
