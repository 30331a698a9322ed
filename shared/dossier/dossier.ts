/** What an image's own bytes say: the reconstructed Dockerfile, who it runs as, what it opens. */
import type { Instruction, LayerAttribution } from '../dockerfile/instruction.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { InspectionSummary } from './inspection.ts';

export interface Layer {
  /** Digest of the compressed blob, as the manifest lists it. */
  readonly digest: Digest;
  /** Digest of the uncompressed tar; absent on all layers where the config lists more or fewer than the manifest. */
  readonly diffId?: Digest;
  readonly size: number;
  readonly mediaType: string;
}

export interface ImageDossier {
  readonly kind: 'image';
  readonly image: ImageReference;
  /** `linux/arm64`, from the config. */
  readonly platform: string;
  /** ISO 8601; absent for reproducible builds (1970, year 1) and where the config has none. */
  readonly createdAt?: string;
  readonly layers: readonly Layer[];
  /** Oldest first: the base image's instructions, then the user's own. */
  readonly instructions: readonly Instruction[];
  /** Whether history and layers agree; when they do not, no instruction names a layer. */
  readonly attribution: LayerAttribution;
  /** As in `config.User`; empty means root. */
  readonly user: string;
  /** Names with values; what looks like a secret is redacted before it gets here. */
  readonly env: readonly { readonly name: string; readonly value: string; readonly redacted: boolean }[];
  /** `8080/tcp`. */
  readonly ports: readonly string[];
  readonly workingDir?: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Absent until its layers are scanned, and in what an older version kept. */
  readonly inspection?: InspectionSummary;
  /** It was too large to be kept whole: lists end early, and texts that were cut end with an ellipsis. Absent: it is whole. */
  readonly shortened?: true;
}

/** A manifest about an image: its provenance, its bill of materials. */
export interface Attestation {
  readonly digest: Digest;
  /** The platform that it is about; absent: it does not say. */
  readonly about?: Digest;
}

/** An index: what it points to; its platforms are images of their own and have dossiers of their own. */
export interface IndexDossier {
  readonly kind: 'index';
  readonly image: ImageReference;
  readonly platforms: readonly { readonly digest: Digest; readonly platform: string }[];
  readonly attestations: readonly Attestation[];
}

/** Something in the registry that is no container image: a Helm chart, a signature, an SBOM. */
export interface ArtifactDossier {
  readonly kind: 'artifact';
  readonly image: ImageReference;
  /** `artifactType`, or the config's media type. */
  readonly artifactType: string;
  readonly reason: string;
}

export type Dossier = ImageDossier | IndexDossier | ArtifactDossier;
