import { expect, it } from 'vitest';
import { parseDecidedFinding } from '../../../shared/pipeline/parse-decided-finding.ts';
import { decided } from '../../support/decided.ts';

it('reads a decided finding as it was written', () => {
  expect(parseDecidedFinding(JSON.stringify(decided()))).toEqual(decided());
});

it.each([
  ['no JSON', '{"message":1'],
  ['nothing', 'null'],
  ['another version', JSON.stringify({ ...decided(), message: 2 })],
  ['a finding without its version', JSON.stringify({ ...decided(), version: undefined })],
  ['a finding without its decision', JSON.stringify({ ...decided(), decision: undefined })],
])('refuses %s', (_, body) => {
  expect(() => parseDecidedFinding(body)).toThrow(expect.objectContaining({ code: 'EVENT_INVALID' }));
});
