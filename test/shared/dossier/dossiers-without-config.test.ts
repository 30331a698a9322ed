import { describe, expect, it } from 'vitest';
import { artifactDossier, indexDossier } from '../../../shared/dossier/dossiers-without-config.ts';
import { digestOf, IMAGE } from '../image/documents.ts';

const entry = { mediaType: 'application/vnd.oci.image.manifest.v1+json', size: 1, annotations: {} };
const unknown = { os: 'unknown', architecture: 'unknown' };

describe('indexDossier', () => {
  it('tells the platforms of an index from what is about them', () => {
    const manifests = [
      { ...entry, digest: digestOf('1'), platform: { os: 'linux', architecture: 'amd64' } },
      { ...entry, digest: digestOf('2'), platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
      { ...entry, digest: digestOf('3'), platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
      { ...entry, digest: digestOf('4') },
      { ...entry, digest: digestOf('5'), platform: unknown },
      {
        ...entry,
        digest: digestOf('6'),
        platform: unknown,
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      },
    ];
    expect(indexDossier(IMAGE, { kind: 'index', manifests })).toEqual({
      kind: 'index',
      image: IMAGE,
      platforms: [
        { digest: digestOf('1'), platform: 'linux/amd64' },
        { digest: digestOf('2'), platform: 'linux/arm/v7' },
        { digest: digestOf('3'), platform: 'linux/arm64' },
        { digest: digestOf('4'), platform: 'unknown' },
      ],
      attestations: [{ digest: digestOf('5') }, { digest: digestOf('6') }],
    });
  });

  it.each([
    ['the platform that its annotation names', digestOf('1'), { about: digestOf('1') }],
    ['nothing that can be told, where the annotation is no digest', 'latest', {}],
  ])('says that an attestation is about %s', (_, reference, about) => {
    const annotations = { 'vnd.docker.reference.digest': reference };
    const manifests = [{ ...entry, digest: digestOf('2'), platform: unknown, annotations }];
    expect(indexDossier(IMAGE, { kind: 'index', manifests }).attestations).toEqual([
      { digest: digestOf('2'), ...about },
    ]);
  });
});

describe('artifactDossier', () => {
  it('says why an artifact is no image, and keeps nothing else of it', () => {
    const why = { kind: 'artifact', artifactType: 'application/x', reason: 'Its config is none.' } as const;
    expect(artifactDossier(IMAGE, { ...why, layers: [], annotations: {} })).toEqual({ ...why, image: IMAGE });
  });
});
