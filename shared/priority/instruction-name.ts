/** An instruction by its place, in words for people. */
import type { FixedInstruction } from './recommended-fix.ts';

const ORIGIN_TEXT = {
  app: 'of the Dockerfile',
  base: 'of the base image',
  unknown: 'of the Dockerfile or of its base image',
} as const satisfies Record<FixedInstruction['origin'], string>;

/** `instruction 5 of the Dockerfile`; with its line where that is known: `instruction 5 (line 12) of the Dockerfile`. */
export const instructionName = ({
  position,
  origin,
  line,
}: Pick<FixedInstruction, 'position' | 'origin' | 'line'>): string =>
  `instruction ${position}${line === undefined ? '' : ` (line ${line})`} ${ORIGIN_TEXT[origin]}`;
