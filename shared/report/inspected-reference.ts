/** Everything that an inspection found behind one reference: an image, an index of several, or an artifact that is none. */
import type { Instruction, LayerAttribution } from '../dockerfile/instruction.ts';
import type { Inspection } from '../dossier/inspection.ts';
import type { Digest } from '../image/digest.ts';

export interface InspectedPlatform {
  /** `linux/arm64`. */
  readonly platform: string;
  /** Of its own manifest. */
  readonly digest: Digest;
  /** Oldest first; evidence and layers point into it by index. */
  readonly instructions: readonly Instruction[];
  readonly attribution: LayerAttribution;
  readonly inspection: Inspection;
}

export interface InspectedReference {
  /** As the user wrote it: `oci:build`, `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2`. */
  readonly reference: string;
  /** Of the manifest that it names. */
  readonly digest: Digest;
  readonly mediaType: string;
  /** Absent for an index, which is of several. */
  readonly platform?: string;
  /** Every runnable platform; empty for an artifact. */
  readonly platforms: readonly InspectedPlatform[];
  /** What it is where it is no image: a chart, a signature, a bill of materials. */
  readonly artifact?: { readonly type: string; readonly reason: string };
}
