/** One instruction of the reconstructed Dockerfile. */
import type { Digest } from '../image/digest.ts';

/** The ladder of evidence for what is the base image's, strongest first. `none`: nothing tells. */
export const ORIGIN_EVIDENCE = ['provenance', 'labels', 'layers', 'history', 'none'] as const;
export type OriginEvidence = (typeof ORIGIN_EVIDENCE)[number];

export interface Instruction {
  /** 1-based position in the reconstruction (not a line of the author's file). */
  readonly position: number;
  /** `RUN`, `COPY`, `ENV`, …; `UNKNOWN` where history does not say. */
  readonly keyword: string;
  /** The whole instruction as one would write it, secrets redacted: `RUN apt-get install -y openssl`. */
  readonly text: string;
  /** `unknown` where nothing tells the base image's instructions from the user's own. */
  readonly origin: 'base' | 'app' | 'unknown';
  /** The line of the author's own file, 1-based: only provenance knows it. */
  readonly line?: number;
  /** What tells the origin; absent in what an older version kept. */
  readonly evidence?: OriginEvidence;
  /** Absent for instructions that make no layer, and wherever history and layers do not agree. */
  readonly layer?: { readonly digest: Digest; readonly diffId: Digest };
}

/** A layer that several instructions share, so that none of them is named for it. */
export interface UnexplainedLayer {
  readonly digest: Digest;
  /** A sentence. */
  readonly reason: string;
}

/** Whether layers could be given to their instructions, or why not. `unexplained`, absent for none: all but these. */
export type LayerAttribution =
  | { readonly attributed: true; readonly unexplained?: readonly UnexplainedLayer[] }
  | { readonly attributed: false; readonly reason: string };
