/** The one change that does most about a finding. */
import { clipText } from '../base/clip-text.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type {
  AttributedPackage,
  EnrichedFinding,
  EnrichedImageIssue,
  EnrichedVulnerability,
} from '../enrichment/enriched-finding.ts';
import type { VulnerablePackage } from '../finding/finding.ts';
import { fixedVersion, installedVersion } from '../finding/package-version.ts';
import type { FixedInstruction, FixPackage, PackageFix, RecommendedFix } from './recommended-fix.ts';

/** A fix travels and is kept with every finding. */
const INSTRUCTION = 1000;
const NAME = 100;
const VERSION = 60;
const LISTED = 10;

export const recommendFix = (enriched: EnrichedFinding): RecommendedFix =>
  byKind(enriched, {
    vulnerability: fixOfVulnerability,
    threat: () => ({ kind: 'none', reason: 'no upgrade undoes what was seen at run time' }),
    'image-issue': fixOfImageIssue,
  });

const fixOfImageIssue = ({ finding }: EnrichedImageIssue): RecommendedFix => {
  const { origin, remediation, instruction } = finding;
  return {
    kind: origin === 'base' ? 'change-base' : 'change-image',
    text: clipText(remediation, INSTRUCTION),
    ...(instruction && { instruction: fixedInstruction(instruction) }),
  };
};

const fixOfVulnerability = (enriched: EnrichedVulnerability): RecommendedFix => {
  const { packages } = enriched;
  const fixable = packages.filter((found) => isFixed(fixPackage(found)));
  const instruction = instructionOf(fixable.length > 0 ? fixable : packages);
  const named = instruction && { instruction };
  if (fixable.length === 0) return { kind: 'none', reason: noFixReason(enriched), ...named };
  const listed = listedPackages(packages, instruction);
  return instruction?.origin === 'base'
    ? { kind: 'rebuild-base', instruction, packages: listed }
    : { kind: 'upgrade-packages', ...named, packages: listed };
};

const noFixReason = ({ finding, packages }: EnrichedVulnerability): string => {
  if (packages.length === 0) return 'the scanner names no package to upgrade';
  return finding.fixAvailable === 'YES'
    ? 'the scanner knows of a fix, but not in which version'
    : 'no fixed version is known yet';
};

/**
 * Of several, the one that brings most of the packages, the earlier of two. The base image's count only where all are
 * its own: what the user's own instructions brought stays there when the base image changes.
 */
const instructionOf = (packages: readonly AttributedPackage[]): FixedInstruction | undefined => {
  const all = packages.flatMap(({ instruction }) => (instruction.known ? [instruction.value] : []));
  const own = all.filter(({ origin }) => origin !== 'base');
  const [most] = [...Map.groupBy(own.length > 0 ? own : all, ({ position }) => position).values()].toSorted(
    (left, right) => right.length - left.length || (left[0]?.position ?? 0) - (right[0]?.position ?? 0),
  );
  const instruction = most?.[0];
  return instruction && fixedInstruction(instruction);
};

const fixedInstruction = ({ position, text, origin, line }: FixedInstruction): FixedInstruction => ({
  position,
  text: clipText(text, INSTRUCTION),
  origin,
  ...(line !== undefined && { line }),
});

/** What the change upgrades, then what has no fix, wherever it is: at least one of these, because it keeps the finding alive. */
const listedPackages = (
  packages: readonly AttributedPackage[],
  changed: FixedInstruction | undefined,
): readonly FixPackage[] => {
  const fixed = different(packages.filter((found) => reaches(changed, found)).map(fixPackage)).filter(isFixed);
  const unfixed = different(packages.map(fixPackage)).filter((found) => !isFixed(found));
  return [...fixed.slice(0, LISTED - Math.min(1, unfixed.length)), ...unfixed].slice(0, LISTED);
};

const isFixed = ({ fixed }: FixPackage): boolean => fixed !== undefined;

const different = (packages: readonly FixPackage[]): readonly FixPackage[] => [
  ...new Map(packages.map((found) => [JSON.stringify(found), found])).values(),
];

const fixPackage = (found: VulnerablePackage): FixPackage => {
  const fixed = clipText(fixedVersion(found) ?? '', VERSION);
  const installed = clipText(installedVersion(found), VERSION);
  return { name: clipText(found.name, NAME), installed, ...(fixed && { fixed }) };
};

/** Whether the fix is made of newer packages. */
export const upgrades = (fix: RecommendedFix): fix is PackageFix =>
  fix.kind === 'rebuild-base' || fix.kind === 'upgrade-packages';

/**
 * Under which identity findings of one image share a change: `base`, `instruction:7`, or `packages` where it is not
 * known which instruction to change. Undefined where the change would leave a package without a fix.
 */
export const fixGroup = (fix: RecommendedFix): string | undefined => {
  if (!upgrades(fix) || !fix.packages.every(isFixed)) return undefined;
  if (fix.kind === 'rebuild-base') return 'base';
  return fix.instruction ? `instruction:${fix.instruction.position}` : 'packages';
};

/** Whether the change reaches every package of the finding: none came another way, and none was left out. */
export const reachesAll = (
  { packages, packagesLeftOut }: Pick<EnrichedVulnerability, 'packages' | 'packagesLeftOut'>,
  fix: RecommendedFix,
): boolean => upgrades(fix) && packagesLeftOut === 0 && packages.every((found) => reaches(fix.instruction, found));

/** A newer base image changes all of its instructions; newer packages are newer wherever they are. */
const reaches = (changed: FixedInstruction | undefined, { instruction }: AttributedPackage): boolean => {
  if (changed === undefined) return true;
  if (!instruction.known) return false;
  const { origin, position } = instruction.value;
  return changed.origin === 'base' ? origin === 'base' : position === changed.position;
};
