/** What to change, in words; and which package came how. */
import type { ExplainedPackage } from '../../shared/alerts/explained-finding.ts';
import { instructionName } from '../../shared/priority/instruction-name.ts';
import type { FixedInstruction, FixPackage, RecommendedFix } from '../../shared/priority/recommended-fix.ts';

/** With the instruction that brought it, or why that is not known. */
export const packageText = (found: ExplainedPackage): string => {
  const { instruction } = found;
  const by = instruction.known
    ? instructionText(instruction.value)
    : `an instruction that is not known: ${instruction.reason}`;
  return `${versionsText(found)}, by ${by}`;
};

export const fixText = (fix: RecommendedFix): string => {
  const at = fix.instruction ? ` ${instructionText(fix.instruction)}` : '';
  switch (fix.kind) {
    case 'rebuild-base':
      return `rebuild on a newer base image, for ${packagesText(fix.packages)};${at}`;
    case 'upgrade-packages':
      return `upgrade ${packagesText(fix.packages)}${at && `, in${at}`}`;
    case 'change-image':
      return `${fix.text}${at && ` In${at}`}`;
    case 'change-base':
      return `the base image brought it: use one without it, or undo it. ${fix.text}${at && ` In${at}`}`;
    case 'none':
      return `none: ${fix.reason}${at && `;${at}`}`;
  }
};

const instructionText = (instruction: FixedInstruction): string =>
  `${instructionName(instruction)}: ${instruction.text}`;

const packagesText = (packages: readonly FixPackage[]): string => packages.map(versionsText).join(', ');

const versionsText = ({ name, installed, fixed }: FixPackage): string =>
  `${name} ${installed}${fixed === undefined ? ' (no fix known)' : ` → ${fixed}`}`;
