/** The Dockerfile of an image, each instruction with its origin and its layer, as it is shown. */
import type { Instruction, LayerAttribution } from './instruction.ts';
import type { BuildStory, Step } from './steps.ts';

export interface Reconstruction {
  /** Oldest first. */
  readonly instructions: readonly Instruction[];
  readonly attribution: LayerAttribution;
}

/** No secret of the steps gets into it. */
export const reconstructDockerfile = ({ steps, attribution }: BuildStory): Reconstruction => ({
  instructions: steps.map(instructionFromStep),
  attribution,
});

const instructionFromStep = ({ index, keyword, shown, origin, evidence, line, layer }: Step): Instruction => ({
  position: index + 1,
  keyword,
  text: shown,
  origin,
  evidence,
  ...(line !== undefined && { line }),
  ...(layer && { layer }),
});
