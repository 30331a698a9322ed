/** What an inspection says of one image: everything that is shown, and no secret. */
import type { BaseImage } from '../dockerfile/base-image.ts';
import type { Digest } from '../image/digest.ts';
import type { Component, FoundSecret, Truncation } from '../layer/layer-report.ts';
import type { Origin } from '../rules/rule.ts';
import type { RuleVerdict } from '../rules/rule-verdict.ts';
import type { Fate, Place, SupplyChain } from './inspected-image.ts';

export type { RuleVerdict } from '../rules/rule-verdict.ts';

export interface InspectedLayer {
  readonly digest: Digest;
  readonly diffId?: Digest;
  /** Bytes of the blob, as the manifest says. */
  readonly size: number;
  /** Entries that are no directories; 0 where it was not read. */
  readonly files: number;
  /** Index into the instructions; absent: not known. */
  readonly instruction?: number;
  readonly origin: Origin;
  readonly truncated: readonly Truncation[];
}

export interface InspectionSummary {
  readonly base: BaseImage;
  readonly layers: readonly InspectedLayer[];
  /** One for each rule of the catalogue, in its order. */
  readonly verdicts: readonly RuleVerdict[];
  readonly secrets: readonly (FoundSecret & Fate)[];
  /** How many more were found than are listed; absent: none. */
  readonly secretsLeftOut?: number;
  readonly supplyChain: SupplyChain;
  /** `Debian GNU/Linux 12 (bookworm)`; absent: none, or not known. */
  readonly distribution?: string;
  /** How many components the image has. */
  readonly components: number;
  /** Every layer was read in full. */
  readonly complete: boolean;
  /** Why not, as a clause; absent where it is complete. */
  readonly incomplete?: string;
}

/** The summary with what is too long for a table item. */
export interface Inspection extends InspectionSummary {
  readonly componentList: readonly (Component & Place)[];
}
