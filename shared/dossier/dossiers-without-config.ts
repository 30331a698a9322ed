/** The dossiers of what has no config: an index, and what is no container image. */
import { parseDigest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { type ArtifactManifest, type IndexManifest, isAttestation } from '../image/manifest.ts';
import type { ArtifactDossier, IndexDossier } from './dossier.ts';
import { platformName } from './platform-name.ts';

/** `manifest`: the one that has the image's digest. */
export const artifactDossier = (
  image: ImageReference,
  { artifactType, reason }: ArtifactManifest,
): ArtifactDossier => ({ kind: 'artifact', image, artifactType, reason });

/** `manifest`: the one that has the image's digest. */
export const indexDossier = (image: ImageReference, { manifests }: IndexManifest): IndexDossier => ({
  kind: 'index',
  image,
  platforms: manifests
    .filter((entry) => !isAttestation(entry))
    .map(({ digest, platform }) => ({ digest, platform: platform ? platformName(platform) : 'unknown' })),
  attestations: manifests.filter(isAttestation).map(({ digest, annotations }) => {
    const about = parseDigest(annotations['vnd.docker.reference.digest']);
    return { digest, ...(about && { about }) };
  }),
});
