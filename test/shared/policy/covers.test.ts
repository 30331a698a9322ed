import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, kindsOf } from '../../../shared/policy/covers.ts';
import { matches } from '../../../shared/policy/matches.ts';
import { ENVIRONMENTS, KINDS, type Match } from '../../../shared/policy/policy.ts';
import type { Subject } from '../../../shared/policy/subject.ts';
import { OUTCOMES } from '../../../shared/priority/decision.ts';

const some = <T>(...values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const PATTERNS = some('*', 'a*', '*b', 'a*b', 'ab', 'a', 'b', 'ba');
const NAMES = ['a', 'b', 'ab', 'ba', 'acb', ''];
const IDS = ['CVE-1', 'cve-2', 'CVE-2', 'GHSA-1', 'ALAS-1'];

/** With few dimensions, so that one often covers another. */
const matchOf: fc.Arbitrary<Match> = fc
  .record<{ [Dimension in keyof Match]-?: NonNullable<Match[Dimension]> }>({
    accounts: some('111122223333', '444455556666'),
    regions: some('eu-west-1', 'us-east-1'),
    repositories: PATTERNS,
    imageTags: PATTERNS,
    resourceTags: fc.dictionary(fc.constantFrom('team', 'tier'), PATTERNS, { minKeys: 1 }),
    kinds: some(...KINDS),
    environments: fc.subarray([...ENVIRONMENTS], { minLength: 1 }),
    decisions: fc.subarray([...OUTCOMES], { minLength: 1 }),
    vulnerabilities: some(...IDS),
    packages: PATTERNS,
    threatTypes: PATTERNS,
    rules: PATTERNS,
  })
  .chain((full) =>
    fc
      .subarray(Object.keys(full), { maxLength: 3 })
      .map((kept) => Object.fromEntries(Object.entries(full).filter(([key]) => kept.includes(key)))),
  );

const name = fc.constantFrom(...NAMES);
const subjectOf: fc.Arbitrary<Subject> = fc
  .record({
    account: fc.option(fc.constantFrom('111122223333', '444455556666', '777788889999'), { nil: undefined }),
    region: fc.option(fc.constantFrom('eu-west-1', 'us-east-1', 'ap-south-1'), { nil: undefined }),
    repository: name,
    imageTags: fc.array(name, { maxLength: 2 }),
    tagSources: fc.array(
      fc.record({ whose: fc.constant('the service’s'), tags: fc.dictionary(fc.constantFrom('team', 'tier'), name) }),
      { maxLength: 2 },
    ),
    isUnseen: fc.boolean(),
    environment: fc.option(fc.constantFrom(...ENVIRONMENTS), { nil: undefined }),
    decision: fc.constantFrom(...OUTCOMES),
    kind: fc.oneof(
      fc.record({
        kind: fc.constant('vulnerability' as const),
        vulnerabilityId: fc.constantFrom(...IDS),
        relatedIds: fc.array(fc.constantFrom(...IDS), { maxLength: 2 }),
        packages: fc.array(name, { maxLength: 2 }),
      }),
      fc.record({
        kind: fc.constant('threat' as const),
        imageTags: fc.constant([]),
        relatedIds: fc.constant([]),
        threatType: name,
      }),
      fc.record({ kind: fc.constant('image' as const), relatedIds: fc.constant([]), rule: name }),
    ),
  })
  .map(({ kind, ...place }) => ({ ...place, ...kind }));

describe('a match that covers another', () => {
  it('matches every subject that the other matches', () => {
    let covered = 0;
    fc.assert(
      fc.property(matchOf, matchOf, fc.array(subjectOf, { minLength: 10, maxLength: 10 }), (wide, narrow, subjects) => {
        if (!covers(wide, narrow)) return true;
        covered += 1;
        return subjects.every((subject) => !matches(narrow, subject) || matches(wide, subject));
      }),
      { numRuns: 3000 },
    );
    expect(covered).toBeGreaterThan(100);
  });

  it('is the same match, and the one that takes everything', () => {
    fc.assert(fc.property(matchOf, (match) => covers(match, match) && covers({}, match)));
  });

  it('has no kinds where nothing can match', () => {
    fc.assert(
      fc.property(
        matchOf,
        subjectOf,
        (match, subject) => kindsOf(match).includes(subject.kind) || !matches(match, subject),
      ),
    );
  });
});
