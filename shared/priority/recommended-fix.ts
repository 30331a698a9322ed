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
  /** No fixed version of all packages is known, or the finding is no vulnerability of a package. */
  | { readonly kind: 'none'; readonly reason: string; readonly instruction?: FixedInstruction };
