/** What is about an image and names it as its subject: signatures, SBOMs, attestations. */
import type { Digest } from '../../shared/image/digest.ts';
import type { StoredImage } from './stored-image.ts';

export interface Referrer {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Of its manifest, in bytes. */
  readonly size: number;
  readonly artifactType: string | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

/** `artifactTypes`: only those; undefined means all. */
export const referrersOf = (
  images: readonly StoredImage[],
  subject: string,
  artifactTypes: readonly string[] | undefined,
): readonly Referrer[] =>
  images
    .filter(({ parsed }) => parsed.subject === subject)
    .filter(({ parsed }) => artifactTypes === undefined || artifactTypes.includes(parsed.artifactMediaType ?? ''))
    .map(({ digest, manifest, parsed }) => ({
      mediaType: parsed.mediaType,
      digest,
      size: manifest.length,
      artifactType: parsed.artifactMediaType,
      annotations: parsed.annotations,
    }));
