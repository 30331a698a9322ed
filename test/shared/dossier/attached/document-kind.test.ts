import { describe, expect, it } from 'vitest';
import { attachedDocuments, type DocumentKind } from '../../../../shared/dossier/attached/document-kind.ts';
import { parseManifest } from '../../../../shared/image/manifest.ts';
import { digestOf, OCI_CONFIG } from '../../image/documents.ts';

const EMPTY = 'application/vnd.oci.empty.v1+json';
const DSSE = 'application/vnd.dsse.envelope.v1+json';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const IN_TOTO = 'application/vnd.in-toto+json';

interface Attached {
  readonly layer: string;
  readonly layerAnnotations?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly config?: string;
}

const documentsOf = ({ layer, layerAnnotations, annotations, artifactType, config = EMPTY }: Attached) => {
  const manifest = parseManifest(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType,
      config: { mediaType: config, digest: digestOf('c'), size: 2 },
      layers: [{ mediaType: layer, digest: digestOf('1'), size: 10, annotations: layerAnnotations }],
      annotations,
    }),
  );
  if (manifest.kind !== 'artifact') throw new Error(`it is an ${manifest.kind}`);
  return attachedDocuments(manifest);
};
const buildKit = (predicate: string): Attached => ({
  layer: IN_TOTO,
  layerAnnotations: { 'in-toto.io/predicate-type': predicate },
  config: OCI_CONFIG,
});
const attested = (predicateType: string): Attached => ({
  layer: DSSE,
  layerAnnotations: { predicateType, 'dev.cosignproject.cosign/signature': '' },
  config: OCI_CONFIG,
});
const bundled = (predicate: string, layer = BUNDLE): Attached => ({
  layer,
  annotations: { 'dev.sigstore.bundle.content': 'dsse-envelope', 'dev.sigstore.bundle.predicateType': predicate },
  artifactType: layer,
});

describe('a document that is attached to an image', () => {
  it.each<[string, Attached, DocumentKind]>([
    [
      'cosign’s tag .sig',
      { layer: 'application/vnd.dev.cosign.simplesigning.v1+json', config: OCI_CONFIG },
      'cosign-signature',
    ],
    [
      'cosign’s signature as a referrer',
      {
        layer: 'application/vnd.dev.cosign.simplesigning.v1+json',
        artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json',
      },
      'cosign-signature',
    ],
    ['a bundle of a signature', bundled('https://sigstore.dev/cosign/sign/v1'), 'sigstore-bundle'],
    [
      'a bundle of an earlier version',
      bundled('https://sigstore.dev/cosign/sign/v1', 'application/vnd.dev.sigstore.bundle+json;version=0.2'),
      'sigstore-bundle',
    ],
    ['a bundle that does not say of what', { layer: BUNDLE, artifactType: BUNDLE }, 'sigstore-bundle'],
    [
      'a bundle of bytes that were signed',
      { layer: BUNDLE, annotations: { 'dev.sigstore.bundle.content': 'message-signature' }, artifactType: BUNDLE },
      'sigstore-bundle',
    ],
    ['a bundle of provenance', bundled('https://slsa.dev/provenance/v1'), 'provenance'],
    ['a bundle of an SBOM', bundled('https://cyclonedx.org/bom'), 'sbom'],
    ['a bundle of vulnerabilities', bundled('https://cosign.sigstore.dev/attestation/vuln/v1'), 'other'],
    [
      'Notation’s signature',
      { layer: 'application/jose+json', artifactType: 'application/vnd.cncf.notary.signature' },
      'notation-signature',
    ],
    [
      'Notation’s signature in COSE',
      { layer: 'application/cose', artifactType: 'application/vnd.cncf.notary.signature' },
      'notation-signature',
    ],
    [
      'Notation’s first form',
      { layer: 'application/jose+json', config: 'application/vnd.cncf.notary.signature' },
      'notation-signature',
    ],
    ['BuildKit’s provenance', buildKit('https://slsa.dev/provenance/v0.2'), 'provenance'],
    ['BuildKit’s newer provenance', buildKit('https://slsa.dev/provenance/v1'), 'provenance'],
    ['BuildKit’s SBOM', buildKit('https://spdx.dev/Document'), 'sbom'],
    ['a statement that does not say of what', { layer: IN_TOTO }, 'other'],
    [
      'a signed statement of provenance',
      {
        layer: 'application/vnd.in-toto.provenance+dsse',
        artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
      },
      'provenance',
    ],
    ['a signed statement of an SBOM', { layer: 'application/vnd.in-toto.spdx+dsse' }, 'sbom'],
    ['cosign’s attestation of provenance', attested('https://slsa.dev/provenance/v0.2'), 'provenance'],
    ['cosign’s attestation of an SBOM', attested('https://spdx.dev/Document'), 'sbom'],
    ['cosign’s attestation by Syft', attested('https://syft.dev/bom'), 'sbom'],
    ['cosign’s attestation of vulnerabilities', attested('https://cosign.sigstore.dev/attestation/vuln/v1'), 'other'],
    ['cosign’s tag .sbom', { layer: 'text/spdx', config: OCI_CONFIG }, 'sbom'],
    ['an SBOM in SPDX’s JSON', { layer: 'text/spdx+json', config: OCI_CONFIG }, 'sbom'],
    [
      'an SBOM by its registered type',
      { layer: 'application/spdx+json', artifactType: 'application/spdx+json' },
      'sbom',
    ],
    ['an SBOM in CycloneDX', { layer: 'application/vnd.cyclonedx', config: OCI_CONFIG }, 'sbom'],
    ['an SBOM with its version', { layer: 'application/vnd.cyclonedx+json; version=1.6' }, 'sbom'],
    [
      'an SBOM whose artifact says so',
      { layer: 'application/json', artifactType: 'application/vnd.cyclonedx+json' },
      'sbom',
    ],
    ['an SBOM of Syft', { layer: 'application/vnd.syft+json' }, 'sbom'],
    ['a type that only begins as one', { layer: 'application/vnd.cyclonedx-not-really' }, 'other'],
    [
      'a Helm chart',
      {
        layer: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
        config: 'application/vnd.cncf.helm.config.v1+json',
      },
      'other',
    ],
  ])('%s', (_, attached, kind) => {
    expect(documentsOf(attached)).toMatchObject([{ kind, blob: { digest: digestOf('1'), size: 10 } }]);
  });

  it('is one for each blob of its artifact', () => {
    const manifest = parseManifest(
      JSON.stringify({
        schemaVersion: 2,
        config: { mediaType: OCI_CONFIG, digest: digestOf('c'), size: 2 },
        layers: ['https://spdx.dev/Document', 'https://slsa.dev/provenance/v1'].map((predicate, at) => ({
          mediaType: IN_TOTO,
          digest: digestOf(String(at)),
          size: 10,
          annotations: { 'in-toto.io/predicate-type': predicate },
        })),
      }),
    );
    expect(manifest.kind === 'artifact' && attachedDocuments(manifest).map(({ kind }) => kind)).toEqual([
      'sbom',
      'provenance',
    ]);
  });
});
