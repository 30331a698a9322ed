/** The changes that take a group's vulnerabilities away: one of a base image can remove hundreds. */
import { OUTCOMES, type Outcome } from '../priority/decision.ts';
import { fixGroup, upgrades } from '../priority/recommend-fix.ts';
import type { FixedInstruction, FixPackage, RecommendedFix } from '../priority/recommended-fix.ts';
import type { GroupedFinding } from './alert-group.ts';
import { worstFirst } from './worst-first.ts';

/** A package with every fixed version that its findings name, the worst finding's first: which is newest is not for us to say. */
export interface GroupedPackage {
  readonly name: string;
  readonly installed: string;
  readonly fixed: readonly string[];
}

export interface GroupedFix {
  readonly kind: 'rebuild-base' | 'upgrade-packages';
  /** Absent: a newer base image changes all of its instructions; or it is not known which to change. */
  readonly instruction?: FixedInstruction;
  /** How many of the active vulnerabilities are gone with it. */
  readonly removes: number;
  readonly of: number;
  /** The worst of what it removes. */
  readonly worst: Outcome;
  /** The worst finding's first. */
  readonly packages: readonly GroupedPackage[];
}

/** How many active vulnerabilities no single change is known to remove. With what the changes remove, these are all. */
export interface Unremoved {
  /** Of a package at least, no fixed version is known. */
  readonly withoutFix: number;
  /** Packages of one finding came different ways, or it is not known how all of them came. */
  readonly severalChanges: number;
  /** Kept by an older version, which did not say. */
  readonly notKnown: number;
}

/** What removes most comes first, then the worse. Only active vulnerabilities count. */
export const groupFixes = (findings: readonly GroupedFinding[]): readonly GroupedFix[] => {
  const active = activeVulnerabilities(findings);
  const removed = active.filter((finding) => stateOf(finding) === 'removed');
  return [...Map.groupBy(removed, ({ fix }) => fix && fixGroup(fix)).values()]
    .flatMap((group) => groupedFix(group, active.length) ?? [])
    .toSorted(
      (left, right) =>
        right.removes - left.removes ||
        OUTCOMES.indexOf(right.worst) - OUTCOMES.indexOf(left.worst) ||
        positionOf(left) - positionOf(right),
    );
};

export const unremoved = (findings: readonly GroupedFinding[]): Unremoved => {
  const states = activeVulnerabilities(findings).map(stateOf);
  const count = (wanted: State): number => states.filter((state) => state === wanted).length;
  return { withoutFix: count('without-fix'), severalChanges: count('several-changes'), notKnown: count('not-known') };
};

const activeVulnerabilities = (findings: readonly GroupedFinding[]): readonly GroupedFinding[] =>
  findings.filter(({ status, kind }) => status === 'active' && kind === 'vulnerability').toSorted(worstFirst);

type State = 'removed' | 'without-fix' | 'several-changes' | 'not-known';

const stateOf = ({ fix, fixReachesAll }: GroupedFinding): State => {
  if (fix === undefined) return 'not-known';
  if (fixGroup(fix) === undefined) return 'without-fix';
  return fixReachesAll ? 'removed' : 'several-changes';
};

/** The base image first, then the order of the Dockerfile, then what is not known to be in it. */
const positionOf = ({ kind, instruction }: GroupedFix): number =>
  kind === 'rebuild-base' ? 0 : (instruction?.position ?? Number.POSITIVE_INFINITY);

const groupedFix = (group: readonly GroupedFinding[], of: number): GroupedFix | undefined => {
  const [first] = group;
  const fix = first?.fix;
  if (!first || !fix || !upgrades(fix)) return undefined;
  return {
    kind: fix.kind,
    ...(fix.kind === 'upgrade-packages' && fix.instruction && { instruction: fix.instruction }),
    removes: group.length,
    of,
    worst: first.outcome,
    packages: groupedPackages(group.flatMap(({ fix }) => packagesOf(fix))),
  };
};

const packagesOf = (fix: RecommendedFix | undefined): readonly FixPackage[] =>
  fix === undefined || !upgrades(fix) ? [] : fix.packages;

const groupedPackages = (packages: readonly FixPackage[]): readonly GroupedPackage[] =>
  [...Map.groupBy(packages, ({ name, installed }) => JSON.stringify([name, installed])).values()].flatMap((same) => {
    const [first] = same;
    const fixed = [...new Set(same.flatMap(({ fixed }) => fixed ?? []))];
    return first ? [{ name: first.name, installed: first.installed, fixed }] : [];
  });
