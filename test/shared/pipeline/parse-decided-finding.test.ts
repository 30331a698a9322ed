import { expect, it } from 'vitest';
import { parseDecidedFinding } from '../../../shared/pipeline/parse-decided-finding.ts';
import { decided, decidedFrom, enrichedIssue } from '../../support/decided.ts';
import { UNKNOWN_IMAGE } from '../enrichment/findings.ts';

it.each([
  ['a decided finding', decided()],
  ['one of a rule about an image', decidedFrom(enrichedIssue())],
  ['one of an image that is not known', decided({ finding: { image: UNKNOWN_IMAGE } })],
])('reads %s as it was written', (_, finding) => {
  expect(parseDecidedFinding(JSON.stringify(finding))).toEqual(finding);
});

it.each([
  ['no JSON', '{"message":2'],
  ['nothing', 'null'],
  ['what the version before wrote', JSON.stringify({ ...decided(), message: 4 })],
  ['a finding without the time of its decision', JSON.stringify({ ...decided(), decidedAt: undefined })],
  ['a finding without the mark of its decision', JSON.stringify({ ...decided(), fingerprint: undefined })],
  ['a finding without its version', JSON.stringify({ ...decided(), version: undefined })],
  ['a finding without its decision', JSON.stringify({ ...decided(), decision: undefined })],
])('refuses %s', (_, body) => {
  expect(() => parseDecidedFinding(body)).toThrow(expect.objectContaining({ code: 'EVENT_INVALID' }));
});
