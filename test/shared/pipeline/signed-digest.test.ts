import { describe, expect, it } from 'vitest';
import type { ArtifactManifest } from '../../../shared/image/manifest.ts';
import { signedDigest } from '../../../shared/pipeline/signed-digest.ts';
import { digestOf } from '../image/documents.ts';

const artifact = (subject?: string): ArtifactManifest => ({
  kind: 'artifact',
  artifactType: 'a/b',
  reason: 'It is a signature.',
  layers: [],
  annotations: {},
  ...(subject !== undefined && { subject: { mediaType: 'a/b', digest: digestOf(subject), size: 1 } }),
});
const HEX = 'a'.repeat(64);

describe('what an artifact is about', () => {
  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    ['its subject', 'b', undefined, 'b'],
    ['its subject, whatever its tag says', 'b', `sha256-${HEX}.sig`, 'b'],
    ['what cosign’s tag of a signature names', undefined, `sha256-${HEX}.sig`, 'a'],
    ['what cosign’s tag of an attestation names', undefined, `sha256-${HEX}.att`, 'a'],
    ['what cosign’s tag of an SBOM names', undefined, `sha256-${HEX}.sbom`, 'a'],
    ['unknown without either', undefined, undefined, undefined],
    ['unknown by any other tag', undefined, '1.4', undefined],
    ['unknown by a tag with more in it', undefined, `sha256-${HEX}.sig.old`, undefined],
    ['unknown by a tag with too few digits', undefined, `sha256-${HEX.slice(1)}.sig`, undefined],
    ['unknown by the tag of a list of referrers, which is no artifact', undefined, `sha256-${HEX}`, undefined],
  ])('is %s', (_, subject, tag, digit) => {
    expect(signedDigest(artifact(subject), tag)).toBe(digit === undefined ? undefined : digestOf(digit));
  });
});
