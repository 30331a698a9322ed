import { describe, expect, it } from 'vitest';
import type { GroupedFinding } from '../../../shared/alerts/alert-group.ts';
import { subjectName, subjectOf, subjectPlace } from '../../../shared/chat/subject-text.ts';
import { FINDING, keyed } from './grouped.ts';

const LOST = {
  kind: 'unknown-image',
  account: '111122223333',
  region: 'eu-west-1',
  name: 'arn:shortened',
  repository: 'shop/checkout',
  tags: ['1.4'],
} as const;
const { repository: _repository, ...NAMELESS } = LOST;
const WORKLOAD = { kind: 'workload', account: '111122223333', region: 'eu-west-1', name: 'shop' } as const;
const tagged = (tags: readonly string[]) => ({ ...FINDING.subject, tags }) as typeof FINDING.subject;
const NEWER = { observedAt: '2026-03-09T00:00:00.000Z' };

const subject = (findings: readonly GroupedFinding[]) => {
  const found = subjectOf(findings);
  if (!found) throw new Error('there is no finding');
  return found;
};

describe('the name', () => {
  it.each<[string, readonly GroupedFinding[], string]>([
    ['of an image is its tag', [FINDING], 'shop/checkout:1.4'],
    ['of an image without a tag is its digest', [keyed('A', { subject: tagged([]) })], 'shop/checkout@aaaaaaaaaaaa'],
    ['is the newest tag', [keyed('A'), keyed('B', { subject: tagged(['1.5']), ...NEWER })], 'shop/checkout:1.5'],
    [
      'is a tag where an older finding had one',
      [keyed('A'), keyed('B', { subject: tagged([]), ...NEWER })],
      'shop/checkout:1.4',
    ],
    ['of an image that is not known', [keyed('A', { subject: LOST })], 'shop/checkout:1.4'],
    ['of an image that is not known, without a tag', [keyed('A', { subject: { ...LOST, tags: [] } })], 'shop/checkout'],
    [
      'of an image that is not known, in a repository that is not either',
      [keyed('A', { subject: NAMELESS })],
      'arn:shortened',
    ],
    ['of a workload', [keyed('A', { subject: WORKLOAD })], 'shop'],
    [
      'is the image’s, though the newest finding is about the workload',
      [FINDING, keyed('B', { subject: WORKLOAD, ...NEWER })],
      'shop/checkout:1.4',
    ],
  ])('%s', (_case, findings, name) => {
    expect(subjectName(subject(findings))).toBe(name);
  });
});

it.each([
  ['an image', FINDING.subject, `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout@sha256:${'a'.repeat(64)}`],
  ['an image that is not known', LOST, '111122223333 eu-west-1 arn:shortened'],
  ['a workload', WORKLOAD, '111122223333 eu-west-1 shop'],
] as const)('the place of %s', (_case, found, place) => {
  expect(subjectPlace(found)).toBe(place);
});

it('is nothing where there is no finding', () => {
  expect(subjectOf([])).toBeUndefined();
});
