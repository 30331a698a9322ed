/** An image as the rules see it: its own bytes, read whole, and what is known around it. It holds secrets and never leaves. */
import type { Known } from '../base/known.ts';
import type { BaseImage } from '../dockerfile/base-image.ts';
import type { ImageConfig } from '../image/config.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageManifest } from '../image/manifest.ts';
import type { Component, FoundSecret, NotableFile, SystemFiles } from '../layer/layer-report.ts';
import type { Origin } from '../rules/rule.ts';

export type { BaseImage };

/** One instruction as history or provenance tells it, secrets included. */
export interface BuildStep {
  /** 0-based: the index in the reconstructed Dockerfile. */
  readonly index: number;
  readonly keyword: string;
  /** As history tells it, variables put in, NOT redacted: for checks only. */
  readonly text: string;
  /** As the author wrote it, with the flags that history leaves out (`--checksum`, `--mount`), NOT redacted; absent: not known. */
  readonly written?: string;
  readonly origin: Origin;
  readonly layer?: Digest;
}

/** The layer that something came with, and the instruction that made it. */
export interface Place {
  readonly layer: Digest;
  readonly origin: Origin;
  /** Index into `steps`. */
  readonly instruction?: number;
}

/** Present in a layer; `deletedBy`: the later layer that removed or overwrote it. Absent: in the final tree. */
export interface Fate extends Place {
  readonly deletedBy?: Digest;
}

export interface FileTree {
  /** Why not every layer was read in full, as a clause; absent: all were. */
  readonly incomplete?: string;
  readonly notable: readonly (NotableFile & Fate)[];
  readonly secrets: readonly (FoundSecret & Fate)[];
  /** Of the final tree. */
  readonly components: readonly (Component & Place)[];
  /** Of the final tree; who brought each. */
  readonly system: SystemFiles;
  readonly systemPlaces: Readonly<Partial<Record<keyof SystemFiles, Place>>>;
  /** Of all layers together, also what a later one deletes or replaces; directories are not counted. */
  readonly files: number;
}

export const SIGNATURE_STATES = ['verified', 'present, not verified', 'absent', 'unknown'] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];

export interface SupplyChain {
  readonly base: BaseImage;
  /** The digest that the base's tag names now, where a registry that we may ask knows it. */
  readonly currentBase: Known<Digest>;
  readonly signature: SignatureState;
  /** How many signatures there are and why none was verified, as a clause. */
  readonly signatureDetail?: string;
  /** Of one that was not verified: a key that is there could have done it. Absent: none could, or it is not one. */
  readonly signatureVerifiable?: boolean;
  readonly sbom: Known<boolean>;
  readonly provenance: Known<boolean>;
}

export interface InspectedImage {
  /** `shop/checkout`, without the registry; absent for an image outside one. */
  readonly repository?: string;
  /** The registry's host, `111122223333.dkr.ecr.eu-west-1.amazonaws.com`; absent for an image outside one. */
  readonly registry?: string;
  /** The tag that it was pushed with; absent: by digest. */
  readonly tag?: string;
  readonly tagMutability: Known<'MUTABLE' | 'IMMUTABLE'>;
  /** `linux/arm64`. */
  readonly platform: string;
  readonly manifest: ImageManifest;
  readonly config: ImageConfig;
  /** Oldest first; empty where nothing tells how the image was built. */
  readonly steps: readonly BuildStep[];
  /** Why history cannot be trusted to be complete (squashed, imported, built without a Dockerfile), as a clause; absent: it can. */
  readonly historyGap?: string;
  readonly tree: FileTree;
  readonly supplyChain: SupplyChain;
  readonly inUse: Known<boolean>;
  /** Patterns of base images that the user allows; empty: every one is. */
  readonly allowedBases: readonly string[];
  /** Whether the user's policy names signing keys. */
  readonly signatureExpected: boolean;
  /** `2026-11-20`, in UTC. */
  readonly today: string;
}
