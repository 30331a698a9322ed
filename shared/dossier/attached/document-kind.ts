/** What a document that is attached to an image is: by its media types and annotations, before any of it is read. */
import type { ArtifactManifest, Descriptor } from '../../image/manifest.ts';
import { SIGNATURE_PREDICATE } from './sigstore-bundle.ts';

export type DocumentKind =
  | 'cosign-signature'
  | 'sigstore-bundle'
  | 'notation-signature'
  | 'sbom'
  | 'provenance'
  | 'other';

/** One document of an artifact, with the blob that holds it. */
export interface AttachedDocument {
  readonly kind: DocumentKind;
  readonly blob: Descriptor;
}

/** Of the statements that in-toto describes. */
const PREDICATES: readonly (readonly [RegExp, DocumentKind])[] = [
  [/^https:\/\/slsa\.dev\/provenance\//, 'provenance'],
  [/^https:\/\/(?:spdx\.dev\/Document|cyclonedx\.org\/(?:bom|schema)|syft\.dev\/bom)/, 'sbom'],
];
/** Of documents as they are, and of signed statements whose predicate stands in the media type. */
const MEDIA_TYPES: readonly (readonly [RegExp, DocumentKind])[] = [
  [/^application\/vnd\.in-toto\.provenance\+dsse$/, 'provenance'],
  [/^application\/vnd\.in-toto\.(?:spdx|cyclonedx)\+dsse$/, 'sbom'],
  [/^(?:application\/vnd\.cyclonedx|text\/spdx)(?:\+(?:json|xml))?(?:$|[ ;])/, 'sbom'],
  [/^application\/(?:spdx|vnd\.syft)\+json(?:$|[ ;])/, 'sbom'],
];
/** With its version: `.v0.3+json`, once `+json;version=0.2`. */
const BUNDLE = 'application/vnd.dev.sigstore.bundle';
const COSIGN = 'application/vnd.dev.cosign.simplesigning.v1+json';
const NOTATION = 'application/vnd.cncf.notary.signature';

/** Where BuildKit, cosign and Sigstore's bundles repeat a statement's predicate. */
const PREDICATE_TYPES = ['in-toto.io/predicate-type', 'predicateType', 'dev.sigstore.bundle.predicateType'] as const;

export const attachedDocuments = (artifact: ArtifactManifest): readonly AttachedDocument[] =>
  artifact.layers.map((blob) => ({ kind: kindOf(artifact, blob), blob }));

const kindOf = (artifact: ArtifactManifest, { mediaType, annotations = {} }: Descriptor): DocumentKind => {
  if (artifact.artifactType === NOTATION) return 'notation-signature';
  if (mediaType === COSIGN) return 'cosign-signature';
  const predicate = predicateOf({ ...artifact.annotations, ...annotations });
  const stated =
    among(PREDICATES, predicate) ?? among(MEDIA_TYPES, mediaType) ?? among(MEDIA_TYPES, artifact.artifactType);
  if (stated !== undefined) return stated;
  // A bundle of another predicate is an attestation, and no signature of the image.
  const mayBeSignature = predicate === '' || predicate === SIGNATURE_PREDICATE;
  return mediaType.startsWith(BUNDLE) && mayBeSignature ? 'sigstore-bundle' : 'other';
};

const among = (kinds: typeof PREDICATES, text: string): DocumentKind | undefined =>
  kinds.find(([pattern]) => pattern.test(text))?.[1];

const predicateOf = (annotations: Readonly<Record<string, string>>): string =>
  PREDICATE_TYPES.map((name) => annotations[name]).find((value) => value !== undefined) ?? '';
