/** Indexes as BuildKit pushes them: for each platform an image, and an attestation that is about it. */
import { manifestOf, OCI_CONFIG, OCI_MANIFEST, pushBlob, pushImage, putManifest, sha256 } from './images.ts';

export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const IN_TOTO = 'application/vnd.in-toto+json';

interface PushedIndex {
  readonly digest: string;
  readonly platforms: readonly string[];
  readonly attestations: readonly string[];
}

const pushAttestation = async (host: string, repository: string, image: string): Promise<string> => {
  const statement = JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', subject: [{ digest: image }] });
  const config = JSON.stringify({ architecture: 'unknown', os: 'unknown', image });
  await pushBlob(host, repository, config);
  await pushBlob(host, repository, statement);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: { mediaType: OCI_CONFIG, digest: sha256(config), size: config.length },
    layers: [{ mediaType: IN_TOTO, digest: sha256(statement), size: statement.length }],
  });
  await putManifest(host, repository, sha256(manifest), manifest);
  return sha256(manifest);
};

export const pushIndex = async (
  host: string,
  repository: string,
  tag: string,
  layers: readonly string[],
): Promise<PushedIndex> => {
  const platforms: string[] = [];
  const attestations: string[] = [];
  for (const layer of layers) {
    const image = await pushImage(host, repository, undefined, layer);
    platforms.push(image);
    attestations.push(await pushAttestation(host, repository, image));
  }
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_INDEX,
    manifests: [
      ...platforms.map((digest, n) => ({
        mediaType: OCI_MANIFEST,
        digest,
        size: 1,
        platform: { os: 'linux', architecture: n === 0 ? 'amd64' : 'arm64' },
      })),
      ...attestations.map((digest, n) => ({
        mediaType: OCI_MANIFEST,
        digest,
        size: 1,
        platform: { os: 'unknown', architecture: 'unknown' },
        annotations: {
          'vnd.docker.reference.type': 'attestation-manifest',
          'vnd.docker.reference.digest': platforms[n],
        },
      })),
    ],
  });
  await putManifest(host, repository, tag, index, OCI_INDEX);
  return { digest: sha256(index), platforms, attestations };
};

/** An artifact about an image, as a signing client pushes it. */
export const pushReferrer = async (
  host: string,
  repository: string,
  subject: string,
  artifactType: string,
): Promise<string> => {
  await pushBlob(host, repository, '{}');
  const manifest = JSON.stringify(
    manifestOf('{}', [], {
      artifactType,
      subject: { mediaType: OCI_MANIFEST, digest: subject, size: 1 },
      annotations: { 'org.example.note': 'about it' },
    }),
  );
  await putManifest(host, repository, sha256(manifest), manifest);
  return sha256(manifest);
};
