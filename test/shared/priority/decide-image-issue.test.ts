import { expect, it } from 'vitest';
import { decideImageIssue, type ImageIssueFacts } from '../../../shared/priority/decide-image-issue.ts';

const FACTS: ImageIssueFacts = {
  ruleSeverity: 'HIGH',
  ruleClass: 'hygiene',
  confirmed: true,
  barriers: 6,
  vmBoundary: false,
  exposure: 'small',
  mwi: 'medium',
};

it.each<[string, Partial<ImageIssueFacts>, string, string[], number]>([
  ['a high issue', {}, 'track*', [], 57],
  ['a critical issue', { ruleSeverity: 'CRITICAL' }, 'attend', [], 83],
  ['a low issue', { ruleSeverity: 'LOW' }, 'track', [], 15],
  ['a guess', { confirmed: false }, 'track', [], 20],
  ['an attack on the runtime', { ruleSeverity: 'CRITICAL', ruleClass: 'runtime-attack' }, 'act', ['I1'], 97],
  [
    'an attack on the runtime behind a VM boundary',
    { ruleSeverity: 'CRITICAL', ruleClass: 'runtime-attack', vmBoundary: true },
    'attend',
    [],
    83,
  ],
  ['a privilege in a weak place', { ruleClass: 'privilege', barriers: 2, inUse: true }, 'attend', ['I2'], 83],
  ['what nothing runs', { inUse: false }, 'track', ['I3'], 23],
  ['the mildest that nothing runs', { ruleSeverity: 'INFO', inUse: false }, 'track', [], 13],
])('%s', (_case, change, outcome, rules, score) => {
  const verdict = decideImageIssue({ ...FACTS, ...change });
  expect([verdict.outcome, verdict.rules, verdict.score]).toEqual([outcome, rules, score]);
});
