import { describe, expect, it } from 'vitest';
import { planDossier } from '../../../shared/dossier/plan-dossier.ts';
import { parseImageConfig } from '../../../shared/image/config.ts';
import { type Manifest, parseManifest } from '../../../shared/image/manifest.ts';
import { digestOf, IMAGE, manifestOf } from '../image/documents.ts';

const entry = { mediaType: 'application/vnd.oci.image.manifest.v1+json', size: 1, annotations: {} };

describe('planDossier', () => {
  it('needs the config of an image, and has the dossier with it', () => {
    const plan = planDossier(IMAGE, parseManifest(JSON.stringify(manifestOf())));
    if (plan.kind !== 'needs-config') throw new Error('it needs no config');
    expect(plan.config).toBe(digestOf('c'));
    expect(plan.dossierFrom(parseImageConfig('{"os":"linux","architecture":"amd64"}'))).toMatchObject({
      kind: 'image',
      image: IMAGE,
      platform: 'linux/amd64',
    });
  });

  it('tells the platforms of an index from what is about them', () => {
    const index: Manifest = {
      kind: 'index',
      manifests: [
        { ...entry, digest: digestOf('1'), platform: { os: 'linux', architecture: 'amd64' } },
        { ...entry, digest: digestOf('2'), platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
        { ...entry, digest: digestOf('3'), platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
        { ...entry, digest: digestOf('4') },
        { ...entry, digest: digestOf('5'), platform: { os: 'unknown', architecture: 'unknown' } },
        { ...entry, digest: digestOf('6'), annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
      ],
    };
    expect(planDossier(IMAGE, index)).toEqual({
      kind: 'done',
      dossier: {
        kind: 'index',
        image: IMAGE,
        platforms: [
          { digest: digestOf('1'), platform: 'linux/amd64' },
          { digest: digestOf('2'), platform: 'linux/arm/v7' },
          { digest: digestOf('3'), platform: 'linux/arm64' },
          { digest: digestOf('4'), platform: 'unknown' },
        ],
        attestations: [digestOf('5'), digestOf('6')],
      },
    });
  });

  it('is done with an artifact, and says why it is none', () => {
    const artifact: Manifest = { kind: 'artifact', artifactType: 'application/x', reason: 'Its config is none.' };
    expect(planDossier(IMAGE, artifact)).toEqual({
      kind: 'done',
      dossier: { kind: 'artifact', image: IMAGE, artifactType: 'application/x', reason: 'Its config is none.' },
    });
  });
});
