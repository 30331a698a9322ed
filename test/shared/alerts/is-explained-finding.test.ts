import { expect, it } from 'vitest';
import { isExplainedFinding } from '../../../shared/alerts/is-explained-finding.ts';
import { EXPLAINED, EXPLAINED_ISSUE, EXPLAINED_THREAT } from './explained.ts';

it.each([
  ['a vulnerability', EXPLAINED],
  ['a threat', EXPLAINED_THREAT],
  ['a rule about an image', EXPLAINED_ISSUE],
  ['one with more than this release knows', { ...EXPLAINED, later: 'addition' }],
])('takes %s', (_, value) => {
  expect(isExplainedFinding(JSON.parse(JSON.stringify(value)))).toBe(true);
});

/** Later releases than the first keep these. */
const LATER = ['decidedAt', 'fingerprint', 'policy', 'workloadsLeftOut'] as const;

it('takes what the first release kept', () => {
  const first = Object.fromEntries(
    Object.entries(EXPLAINED).filter(([member]) => !LATER.some((one) => one === member)),
  );
  expect(isExplainedFinding(first)).toBe(true);
});

it.each(Object.keys(EXPLAINED).filter((member) => !LATER.some((one) => one === member)))(
  'takes none without its %s',
  (member) => {
    expect(isExplainedFinding({ ...EXPLAINED, [member]: undefined })).toBe(false);
  },
);

it.each([
  ['nothing', undefined],
  ['a text', 'explained'],
  ['a key that is none', { ...EXPLAINED, key: '../x' }],
  ['an outcome that is none', { ...EXPLAINED, decision: { ...EXPLAINED.decision, outcome: 'panic' } }],
  ['a barrier that is none', { ...EXPLAINED, isolation: { ...EXPLAINED.isolation, barriers: { MOAT: 'present' } } }],
  ['a kind that is none', { ...EXPLAINED, kind: 'omen' }],
  ['a rule of a class that is none', { ...EXPLAINED_ISSUE, issue: { ...EXPLAINED_ISSUE.issue, ruleClass: 'odd' } }],
  ['a fix of another kind', { ...EXPLAINED, decision: { ...EXPLAINED.decision, fix: { kind: 'pray' } } }],
])('does not take %s', (_, value) => {
  expect(isExplainedFinding(value)).toBe(false);
});
