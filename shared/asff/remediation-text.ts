/** The recommended fix in one text: what to change, and the versions that are fixed. */
import { clipText } from '../base/clip-text.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type {
  AttributedPackage,
  EnrichedImageIssue,
  EnrichedThreat,
  EnrichedVulnerability,
} from '../enrichment/enriched-finding.ts';
import { installedVersion } from '../finding/package-version.ts';
import { type BreakoutClass, breakoutClass } from '../priority/breakout-class.ts';
import { clause } from '../priority/clause.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { instructionName } from '../priority/instruction-name.ts';
import { reachesAll, upgrades } from '../priority/recommend-fix.ts';
import type { FixedInstruction, FixPackage, PackageFix, RecommendedFix } from '../priority/recommended-fix.ts';

/** Foreign texts are cut before the whole is, so that the advice around them survives its limit. */
const INSTRUCTION_LENGTH = 120;
const REASON_LENGTH = 120;
const PACKAGE_LENGTH = 40;
const ADVICE_LENGTH = 220;

export const remediationText = ({
  enriched,
  decision: { fix },
}: Pick<DecidedFinding, 'enriched' | 'decision'>): string =>
  byKind(enriched, {
    vulnerability: (vulnerability) => vulnerabilityText(vulnerability, fix),
    threat: threatAdvice,
    'image-issue': (issue) => imageAdvice(issue, fix),
  });

/** The base image's own defects stay when it is only newer: it is exchanged, or its part undone. */
const imageAdvice = ({ finding }: EnrichedImageIssue, { instruction }: RecommendedFix): string => {
  const advice = clipText(finding.remediation, ADVICE_LENGTH);
  const at = instruction && instructionText(instruction);
  if (finding.origin === 'base')
    return `The base image brought it${at ? ` in ${at}` : ''}: use one without it, or undo it in your own Dockerfile. ${advice}`;
  return at ? `In ${at}: ${advice}` : advice;
};

const vulnerabilityText = (enriched: EnrichedVulnerability, fix: RecommendedFix): string =>
  upgrades(fix) ? [fixText(enriched, fix), ...restTexts(enriched, fix)].join(' ') : withoutFixText(enriched, fix);

type Unfixed = Exclude<RecommendedFix, PackageFix>;

const fixText = (enriched: EnrichedVulnerability, fix: PackageFix): string => {
  const upgraded = packagesText(fix.packages.filter(({ fixed }) => fixed !== undefined));
  const { instruction } = fix;
  if (!instruction) return `Upgrade ${upgraded} and rebuild. ${unknownInstructionText(enriched)}`;
  return fix.kind === 'rebuild-base'
    ? `Rebuild on a newer base image, for ${upgraded} from ${instructionText(instruction)}.`
    : `In ${instructionText(instruction)}: upgrade ${upgraded}, and rebuild.`;
};

/** What is left when the change is made. */
const restTexts = (enriched: EnrichedVulnerability, fix: PackageFix): readonly string[] => {
  const unfixed = fix.packages.filter(({ fixed }) => fixed === undefined);
  return [
    ...(unfixed.length > 0 ? [`No fixed version of ${packagesText(unfixed)} is known yet.`] : []),
    ...(reachesAll(enriched, fix) ? [] : ['Not all of its packages are known to have come this way.']),
  ];
};

const withoutFixText = (enriched: EnrichedVulnerability, fix: Unfixed): string => {
  const { finding, packages } = enriched;
  const { instruction } = fix;
  const reason = fix.kind === 'none' ? fix.reason : fix.text;
  const named = instruction ? packages.filter((found) => cameWith(instruction, found)) : packages;
  if (named.length === 0) return finding.remediation ?? sentence(reason);
  const installed = named.map((found) => ({ name: found.name, installed: installedVersion(found) }));
  const advice = `${sentence(reason)} If it is not needed, remove ${packagesText(installed)}`;
  return instruction
    ? `${advice} from ${instructionText(instruction)}.`
    : `${advice}. ${unknownInstructionText(enriched)}`;
};

const cameWith = ({ position }: FixedInstruction, { instruction }: AttributedPackage): boolean =>
  instruction.known && instruction.value.position === position;

const instructionText = (instruction: FixedInstruction): string =>
  `${instructionName(instruction)} (\`${clipText(instruction.text, INSTRUCTION_LENGTH)}\`)`;

const unknownInstructionText = ({ packages }: EnrichedVulnerability): string => {
  const reasons = packages.flatMap(({ instruction }) => (instruction.known ? [] : [instruction.reason]));
  return `Which instruction brought it is not known: ${clause(clipText(reasons[0] ?? '', REASON_LENGTH))}.`;
};

const packagesText = ([first, ...others]: readonly FixPackage[]): string =>
  first ? packageText(first) + othersText(others.length) : 'its packages';

/** `openssl 3.0.11 → 3.0.13`. */
const packageText = ({ name, installed, fixed }: FixPackage): string => {
  const named = `${clipText(name, PACKAGE_LENGTH)} ${clipText(installed, PACKAGE_LENGTH)}`.trim() || 'a package';
  return fixed === undefined ? named : `${named} → ${clipText(fixed, PACKAGE_LENGTH)}`;
};

const othersText = (count: number): string => {
  if (count <= 0) return '';
  return count === 1 ? ' (and one more package)' : ` (and ${count} more packages)`;
};

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${clause(reason.slice(1))}.`;

const THREAT_ADVICE = {
  'host-compromise':
    'Treat the host and everything on it as compromised: isolate it, keep a snapshot, replace it, and rotate its credentials.',
  'escape-attempt':
    'Isolate the host of the container, keep a snapshot, replace the workload from a clean digest, and take away the access that the escape used.',
  'escape-enabler':
    'Find out who started this and whether it is meant; if not, stop the container and take away the privilege or mount.',
  none: 'Find out whether this is meant; if not, isolate the container, keep what it wrote, stop it, and start it again from a clean digest.',
} as const satisfies Record<BreakoutClass, string>;

const threatAdvice = ({ finding }: EnrichedThreat): string => THREAT_ADVICE[breakoutClass(finding.type)];
