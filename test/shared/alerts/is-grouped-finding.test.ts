import { expect, it } from 'vitest';
import { isGroupedFinding } from '../../../shared/alerts/is-grouped-finding.ts';
import { FINDING, older } from '../chat/grouped.ts';

const { unknowns: _unknowns, ...OLDER } = older(FINDING);
const { subject: _subject, ...WITHOUT_SUBJECT } = FINDING;

it.each<[string, unknown, boolean]>([
  ['a finding', FINDING, true],
  ['a finding that an older version kept', OLDER, true],
  ['what has no subject', WITHOUT_SUBJECT, false],
  ['a text', 'finding', false],
  ['nothing', null, false],
])('reads %s', (_case, item, isOne) => {
  expect(isGroupedFinding(item)).toBe(isOne);
});
