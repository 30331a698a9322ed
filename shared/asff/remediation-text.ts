/** What to change, in one text: the instruction that brought the packages and the versions that are fixed. */

import { clipText } from '../base/clip-text.ts';
import type { Instruction } from '../dockerfile/instruction.ts';
import type { AttributedPackage, EnrichedThreat, EnrichedVulnerability } from '../enrichment/enriched-finding.ts';
import { fixedVersion, installedVersion } from '../finding/package-version.ts';
import { type BreakoutClass, breakoutClass } from '../priority/breakout-class.ts';
import { clause } from '../priority/clause.ts';

/** The instruction is cut before the rest, so that the advice after it survives the limit of the whole. */
const INSTRUCTION_LENGTH = 160;
const PACKAGE_LENGTH = 40;

export const vulnerabilityRemediation = ({ finding, packages }: EnrichedVulnerability): string => {
  const first = packages.find(({ instruction }) => instruction.known) ?? packages[0];
  if (!first) return finding.remediation ?? 'The scanner names no package to update.';
  if (!first.instruction.known) {
    const reason = clause(clipText(first.instruction.reason, INSTRUCTION_LENGTH));
    return `${updateText(first)} Which instruction brought it${othersText(packages.length - 1)} is not known: ${reason}.`;
  }
  const { value } = first.instruction;
  const brought = packages.filter(
    ({ instruction }) => instruction.known && instruction.value.position === value.position,
  );
  return instructionText(value, first, othersText(brought.length - 1));
};

const instructionText = ({ position, origin, text }: Instruction, first: AttributedPackage, others: string): string => {
  const quoted = `\`${clipText(text, INSTRUCTION_LENGTH)}\``;
  const what = `${packageText(first)}${others}`;
  if (origin === 'base') {
    const fixed = fixedVersion(first);
    const wanted = fixed ? ` that has ${clipText(fixed, PACKAGE_LENGTH)}` : '';
    return `${what} comes with the base image (instruction ${position}: ${quoted}). Rebuild on a newer base image${wanted}.`;
  }
  const whose = origin === 'app' ? 'of the Dockerfile' : '(of the Dockerfile or of its base image)';
  return `Instruction ${position} ${whose} brought ${what}: ${quoted}. ${fixText(first)}`;
};

const packageText = (found: AttributedPackage): string =>
  clipText(
    `${clipText(found.name, PACKAGE_LENGTH)} ${clipText(installedVersion(found), PACKAGE_LENGTH)}`,
    2 * PACKAGE_LENGTH,
  ) || 'a package';

const othersText = (count: number): string => {
  if (count <= 0) return '';
  return count === 1 ? ' (and one more package)' : ` (and ${count} more packages)`;
};

const fixText = (found: AttributedPackage): string => {
  const fixed = fixedVersion(found);
  return fixed
    ? `Update to ${clipText(fixed, PACKAGE_LENGTH)} there and rebuild.`
    : 'No fixed version is known: remove the package there if it is not needed.';
};

/** Where to change it is not known: only the package and its version are. */
const updateText = (found: AttributedPackage): string => {
  const fixed = fixedVersion(found);
  return fixed
    ? `Update ${packageText(found)} to ${clipText(fixed, PACKAGE_LENGTH)}.`
    : `No fixed version of ${packageText(found)} is known: remove the package if it is not needed.`;
};

const THREAT_ADVICE = {
  'host-compromise':
    'Treat the host and everything on it as compromised: isolate it, keep a snapshot, replace it, and rotate its credentials.',
  'escape-attempt':
    'Isolate the host of the container, keep a snapshot, replace the workload from a clean digest, and take away the access that the escape used.',
  'escape-enabler':
    'Find out who started this and whether it is meant; if not, stop the container and take away the privilege or mount.',
  none: 'Find out whether this is meant; if not, isolate the container, keep what it wrote, stop it, and start it again from a clean digest.',
} as const satisfies Record<BreakoutClass, string>;

export const threatRemediation = ({ finding }: EnrichedThreat): string => THREAT_ADVICE[breakoutClass(finding.type)];
