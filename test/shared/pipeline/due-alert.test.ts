import { expect, it } from 'vitest';
import { parseDueAlert } from '../../../shared/pipeline/due-alert.ts';

it('reads which group is due', () => {
  expect(parseDueAlert('{"group":"workload:111122223333:eu-west-1:shop","more":1}')).toEqual({
    group: 'workload:111122223333:eu-west-1:shop',
  });
});

it.each([
  ['no JSON', 'group'],
  ['no group', '{}'],
  ['an empty group', '{"group":""}'],
  ['a group that is no text', '{"group":1}'],
  ['a group longer than a key of the table', JSON.stringify({ group: 'x'.repeat(1025) })],
])('refuses %s', (_, body) => {
  expect(() => parseDueAlert(body)).toThrow(expect.objectContaining({ code: 'EVENT_INVALID' }));
});
