/** The Dockerfile of an image as its history tells it, each instruction with its origin and its layer. */
import type { ImageConfig } from '../image/config.ts';
import type { Descriptor } from '../image/manifest.ts';
import { attributeLayers } from './attribute-layers.ts';
import { originsFromHistory } from './base-boundary.ts';
import { statementFromHistory } from './from-history.ts';
import type { Instruction, LayerAttribution } from './instruction.ts';

export interface Reconstruction {
  /** Oldest first. */
  readonly instructions: readonly Instruction[];
  readonly attribution: LayerAttribution;
}

/** `layers`: as the manifest lists them, lowest first. */
export const reconstructDockerfile = (config: ImageConfig, layers: readonly Descriptor[]): Reconstruction => {
  const { attribution, layerOf } = attributeLayers(config.history, config.rootfs.diff_ids, layers);
  const entries = config.history.map((entry) => ({ ...entry, ...statementFromHistory(entry) }));
  const origins = originsFromHistory(entries);
  const instructions = entries.map(({ keyword, text }, index) => {
    const layer = layerOf[index];
    return { position: index + 1, keyword, text, origin: origins[index] ?? 'unknown', ...(layer && { layer }) };
  });
  return { instructions, attribution };
};
