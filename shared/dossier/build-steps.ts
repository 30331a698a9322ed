/** The steps of a build as the rules see them. */
import type { Step } from '../dockerfile/steps.ts';
import type { BuildStep } from './inspected-image.ts';

/** They hold secrets and never leave. */
export const buildStepsFrom = (steps: readonly Step[]): readonly BuildStep[] =>
  steps.map(({ index, keyword, text, written, origin, layer }) => ({
    index,
    keyword,
    text,
    origin,
    ...(written !== undefined && { written }),
    ...(layer && { layer: layer.digest }),
  }));
