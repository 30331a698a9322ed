/** The steps that an image was built in, whole and as they are shown: whose they are, and what says so. */
import type { Known } from '../base/known.ts';
import type { ImageConfig } from '../image/config.ts';
import type { ImageManifest } from '../image/manifest.ts';
import { attributeLayers } from './attribute-layers.ts';
import { originsFromHistory } from './base-boundary.ts';
import type { BaseImage, KnownBase } from './base-image.ts';
import { climbLadder } from './base-ladder.ts';
import { statementFromHistory } from './from-history.ts';
import { historyGap } from './history-gap.ts';
import type { Instruction, LayerAttribution, OriginEvidence } from './instruction.ts';
import type { Provenance } from './provenance.ts';
import { toldEntry } from './told-entry.ts';
import { writtenBuild } from './written-build.ts';
import { shownText, wholeText } from './written-text.ts';

export interface Step {
  /** 0-based. */
  readonly index: number;
  readonly keyword: string;
  /** As history tells it: on one line, variables put in, secrets included. For checks only. */
  readonly text: string;
  /** As the author wrote it, secrets included: with the flags that history leaves out. For checks only. */
  readonly written?: string;
  /** The author's own lines where they are known, secrets redacted. */
  readonly shown: string;
  readonly origin: Instruction['origin'];
  readonly evidence: OriginEvidence;
  /** 1-based, of the author's Dockerfile. */
  readonly line?: number;
  readonly layer?: Instruction['layer'];
}

export interface BuildStory {
  /** Oldest first; empty where the image has no history. */
  readonly steps: readonly Step[];
  readonly attribution: LayerAttribution;
  readonly base: BaseImage;
  /** Why history does not tell every instruction, as a clause; absent: it does. */
  readonly historyGap?: string;
  /** Why the provenance that there is gives no lines, as a clause. */
  readonly provenanceGap?: string;
}

/** What is known beside the image's own manifest and config. */
export interface BuildEvidence {
  /** Of this image; absent: there is none. */
  readonly provenance?: Known<Provenance>;
  /** Images of other repositories whose layers are this image's lowest ones, found by their chain ids. */
  readonly known?: readonly KnownBase[];
}

/** Never throws: evidence that cannot be used says why, and the next rung of the ladder counts. */
export const stepsFromImage = (
  { config, history, rootfs }: ImageConfig,
  { layers, annotations }: Pick<ImageManifest, 'layers' | 'annotations'>,
  { provenance, known = [] }: BuildEvidence = {},
): BuildStory => {
  const entries = history.map(toldEntry);
  const { attribution, layerOf, spans } = attributeLayers(entries, rootfs.diff_ids, layers);
  const gap = historyGap(entries, attribution, layers.length);
  const trusted = gap === undefined || gap.tellsBase;
  const guessed = trusted ? originsFromHistory(entries, config.OnBuild) : entries.map(() => 'unknown' as const);
  const told = { entries, layerOf, layers };
  const build = provenance?.known ? writtenBuild(provenance.value, told) : provenance;
  const written = build?.known ? build.value : undefined;
  const { base, origins } = climbLadder({
    ...told,
    spans,
    ...(written && { written }),
    annotations,
    labels: config.Labels,
    known,
    guessed,
  });
  const steps = entries.map((entry, index): Step => {
    const instruction = written?.instructions[index];
    const layer = layerOf[index];
    return {
      index,
      keyword: entry.keyword,
      text: entry.text,
      shown: instruction === undefined ? statementFromHistory(history[index] ?? entry).text : shownText(instruction),
      ...(origins[index] ?? { origin: 'unknown', evidence: 'none' }),
      ...(instruction && { written: wholeText(instruction), line: instruction.firstLine }),
      ...(layer && { layer }),
    };
  });
  return {
    steps,
    attribution,
    base,
    ...(gap && { historyGap: gap.because }),
    ...(build?.known === false && { provenanceGap: build.reason }),
  };
};
