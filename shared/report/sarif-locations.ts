/** Where a result of a SARIF run is: the line of the Dockerfile, and the instruction and the path in the image. */
import type { Evidence } from '../rules/rule.ts';
import type { InspectedPlatform } from './inspected-reference.ts';
import { shownText } from './shown-text.ts';

export type SarifPlace = Pick<Evidence, 'instruction' | 'path'>;

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: 'Dockerfile' };
    readonly region: { readonly startLine: number };
  };
  readonly logicalLocations: readonly LogicalLocation[];
}

interface LogicalLocation {
  readonly fullyQualifiedName: string;
  readonly kind: 'module' | 'member' | 'resource';
}

/** Readers show a few. */
const MAX_LOCATIONS = 10;
const MAX_NAME = 300;

/** GitHub refuses a whole file for one result without a line. */
const FIRST_LINE = 1;

/** Never empty. What matters most comes first, but a known line before the others: GitHub shows the first one alone. */
export const sarifLocations = (
  reference: string,
  { instructions }: InspectedPlatform,
  places: readonly SarifPlace[],
): readonly SarifLocation[] => {
  const found = new Map<string, SarifLocation>();
  for (const { instruction, path } of withLinesFirst(places, instructions)) {
    if (found.size === MAX_LOCATIONS) break;
    const at = instruction === undefined ? undefined : instructions[instruction];
    found.set(`${instruction} ${path}`, locationOf(reference, at, path));
  }
  return found.size === 0 ? [locationOf(reference)] : [...found.values()];
};

const withLinesFirst = (
  places: readonly SarifPlace[],
  instructions: InspectedPlatform['instructions'],
): readonly SarifPlace[] => {
  const hasLine = ({ instruction = -1 }: SarifPlace): boolean => instructions[instruction]?.line !== undefined;
  return [...places].sort((left, right) => Number(hasLine(right)) - Number(hasLine(left)));
};

const locationOf = (
  reference: string,
  instruction?: { readonly text: string; readonly line?: number },
  path?: string,
): SarifLocation => ({
  physicalLocation: {
    artifactLocation: { uri: 'Dockerfile' },
    region: { startLine: instruction?.line ?? FIRST_LINE },
  },
  logicalLocations: [
    { fullyQualifiedName: shownText(reference, MAX_NAME), kind: 'module' },
    ...(instruction === undefined
      ? []
      : [{ fullyQualifiedName: shownText(instruction.text, MAX_NAME), kind: 'member' as const }]),
    ...(path === undefined ? [] : [{ fullyQualifiedName: shownText(path, MAX_NAME), kind: 'resource' as const }]),
  ],
});
