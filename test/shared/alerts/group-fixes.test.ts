import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupedFinding } from '../../../shared/alerts/alert-group.ts';
import { groupFixes, unremoved } from '../../../shared/alerts/group-fixes.ts';
import { OUTCOMES } from '../../../shared/priority/decision.ts';
import { upgrades } from '../../../shared/priority/recommend-fix.ts';
import { FINDING, inBase, keyed, older, WITHOUT_FIX } from '../chat/grouped.ts';

const times = (count: number, name: string, change: Partial<GroupedFinding>): readonly GroupedFinding[] =>
  Array.from({ length: count }, (_, index) => keyed(`${name}-${index}`, change));

const at = (position: number, origin: 'app' | 'unknown' = 'app'): Partial<GroupedFinding> => {
  const instruction = { position, text: `RUN ${position}`, origin };
  const packages = [{ name: `lib${position}`, installed: '1', fixed: '2' }];
  return { instruction, fix: { kind: 'upgrade-packages', instruction, packages } };
};
const ANYWHERE: Partial<GroupedFinding> = {
  fix: { kind: 'upgrade-packages', packages: [{ name: 'left-pad', installed: '1', fixed: '2' }] },
};

describe('the changes of a group', () => {
  it('say that one newer base image removes most', () => {
    const findings = [
      ...times(212, 'BASE', { ...inBase(), outcome: 'track' }),
      ...times(20, 'APP', { ...at(7), outcome: 'track' }),
      ...times(18, 'NONE', WITHOUT_FIX),
      keyed('CLOSED', { ...inBase(), status: 'closed' }),
    ];
    expect(groupFixes(findings)).toEqual([
      {
        kind: 'rebuild-base',
        removes: 212,
        of: 250,
        worst: 'track',
        packages: [{ name: 'tar', installed: '1.34', fixed: ['1.35'] }],
      },
      {
        kind: 'upgrade-packages',
        instruction: { position: 7, text: 'RUN 7', origin: 'app' },
        removes: 20,
        of: 250,
        worst: 'track',
        packages: [{ name: 'lib7', installed: '1', fixed: ['2'] }],
      },
    ]);
    expect(unremoved(findings)).toEqual({ withoutFix: 18, severalChanges: 0, notKnown: 0 });
  });

  it('name each package once, with every version that fixes one of its findings, the worst finding’s first', () => {
    const openssl = (fixed: string) => inBase([{ name: 'openssl', installed: '3.0.11', fixed }]);
    const findings = [
      keyed('CVE-1', { ...openssl('3.0.13'), score: 71 }),
      keyed('CVE-2', { ...openssl('3.0.15'), score: 88 }),
      keyed('CVE-3', { ...openssl('3.0.13'), score: 70 }),
    ];
    expect(groupFixes(findings).map(({ packages }) => packages)).toEqual([
      [{ name: 'openssl', installed: '3.0.11', fixed: ['3.0.15', '3.0.13'] }],
    ]);
  });

  it.each<[string, readonly GroupedFinding[], readonly string[]]>([
    ['what removes most first', [keyed('A', at(5)), ...times(2, 'B', at(9))], ['9', '5']],
    ['of equals the worse first', [keyed('A', at(5)), keyed('B', { ...at(9), outcome: 'act' })], ['9', '5']],
    [
      'of equals the base image, then the order of the Dockerfile, then what is not known to be in it',
      [keyed('A', ANYWHERE), keyed('B', at(9, 'unknown')), keyed('C', at(5)), keyed('D', inBase())],
      ['base', '5', '9', 'anywhere'],
    ],
    ['no threats', [keyed('A', { kind: 'threat' })], []],
    ['nothing that is suppressed', [keyed('A', { status: 'suppressed' })], []],
    ['what nobody is told of all the same', [keyed('A', { ...at(5), destinations: [] })], ['5']],
  ])('are %s', (_case, findings, expected) => {
    const changes = groupFixes(findings).map(({ kind, instruction }) =>
      kind === 'rebuild-base' ? 'base' : String(instruction?.position ?? 'anywhere'),
    );
    expect(changes).toEqual(expected);
  });
});

it.each<[string, GroupedFinding, ReturnType<typeof unremoved>]>([
  ['a fix', keyed('A', WITHOUT_FIX), { withoutFix: 1, severalChanges: 0, notKnown: 0 }],
  [
    'a fix of all its packages',
    keyed('A', {
      fix: {
        kind: 'upgrade-packages',
        packages: [
          { name: 'a', installed: '1', fixed: '2' },
          { name: 'b', installed: '1' },
        ],
      },
    }),
    { withoutFix: 1, severalChanges: 0, notKnown: 0 },
  ],
  ['one change alone', keyed('A', { fixReachesAll: false }), { withoutFix: 0, severalChanges: 1, notKnown: 0 }],
  ['a known change', older(FINDING), { withoutFix: 0, severalChanges: 0, notKnown: 1 }],
])('counts what is without %s', (_case, finding, counts) => {
  expect(unremoved([finding])).toEqual(counts);
  expect(groupFixes([finding])).toEqual([]);
});

it('loses no vulnerability between the changes and what no change removes', () => {
  const kinds = [inBase(), at(5), at(7, 'unknown'), ANYWHERE, WITHOUT_FIX, { fixReachesAll: false }] as const;
  const finding = fc
    .record({
      change: fc.constantFrom(...kinds),
      outcome: fc.constantFrom(...OUTCOMES),
      status: fc.constantFrom('active', 'suppressed', 'closed'),
      kind: fc.constantFrom('vulnerability', 'threat'),
      isOlder: fc.boolean(),
      name: fc.string(),
    })
    .map(({ change, isOlder, name, ...rest }) => {
      const one = keyed(name, { ...change, ...rest });
      return isOlder ? older(one) : one;
    });
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 40 }), (findings) => {
      const active = findings.filter(({ status, kind }) => status === 'active' && kind === 'vulnerability');
      const fixes = groupFixes(findings);
      const { withoutFix, severalChanges, notKnown } = unremoved(findings);
      const removed = fixes.reduce((sum, { removes }) => sum + removes, 0);
      expect(removed + withoutFix + severalChanges + notKnown).toBe(active.length);
      expect(fixes.every(({ of }) => of === active.length)).toBe(true);
      const changed = fixes.flatMap(({ packages }) => packages.map(({ name }) => name));
      const wanted = active.flatMap(({ fix, fixReachesAll }) =>
        fix && upgrades(fix) && fixReachesAll ? fix.packages.map(({ name }) => name) : [],
      );
      expect(new Set(changed)).toEqual(new Set(wanted));
    }),
  );
});
