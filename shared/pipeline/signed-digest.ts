/** Which image an artifact is about: by its subject, or by the tag that cosign gives to what it stores. */
import { type Digest, parseDigest } from '../image/digest.ts';
import type { ArtifactManifest } from '../image/manifest.ts';

/** What cosign stored before registries knew of subjects, each under the digest of its image. */
export const COSIGN_SUFFIXES = ['sig', 'att', 'sbom'] as const;

const COSIGN_TAG = new RegExp(`^sha256-([a-f0-9]{64})\\.(?:${COSIGN_SUFFIXES.join('|')})$`);

/** `tag`: the one that the artifact was pushed with. Undefined: it does not say. */
export const signedDigest = ({ subject }: ArtifactManifest, tag: string | undefined): Digest | undefined => {
  if (subject !== undefined) return subject.digest;
  const [, hex] = COSIGN_TAG.exec(tag ?? '') ?? [];
  return parseDigest(`sha256:${hex}`);
};
