/** What to change so that a finding goes away. Findings with the same change are told together. */

export interface FixPackage {
  readonly name: string;
  /** As its package manager prints it. */
  readonly installed: string;
  /** Absent: no fixed version is known. */
  readonly fixed?: string;
}

export interface FixedInstruction {
  /** 1-based, in the reconstructed Dockerfile. */
  readonly position: number;
  readonly text: string;
  readonly origin: 'base' | 'app' | 'unknown';
  /** Of the author's own Dockerfile, 1-based; absent where only the reconstruction is known. */
  readonly line?: number;
}

export type RecommendedFix =
  /** The base image brought it: a newer base image, then a rebuild. */
  | { readonly kind: 'rebuild-base'; readonly instruction: FixedInstruction; readonly packages: readonly FixPackage[] }
  /** The user's own instruction brought it, or it is not known which did: newer packages there. */
  | {
      readonly kind: 'upgrade-packages';
      readonly instruction?: FixedInstruction;
      readonly packages: readonly FixPackage[];
    }
  /** What the rule about the image advises. `change-base`: the base image brought it. */
  | {
      readonly kind: 'change-image' | 'change-base';
      readonly text: string;
      /** Absent: no instruction brought it, or it is not known which did. */
      readonly instruction?: FixedInstruction;
    }
  /** No fixed version of all packages is known, or the finding is a threat. */
  | { readonly kind: 'none'; readonly reason: string; readonly instruction?: FixedInstruction };

export type PackageFix = Extract<RecommendedFix, { readonly packages: readonly FixPackage[] }>;
