/** What is attached to an image in its registry: signatures, bills of materials, provenance. */
import { type Known, known, unknown } from '../base/known.ts';
import type { DocumentKind } from '../dossier/attached/document-kind.ts';
import { statementText } from '../dossier/attached/dsse-envelope.ts';
import type { VerificationKey } from '../dossier/attached/verify-signature.ts';
import type { SupplyChain } from '../dossier/inspected-image.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { attempt } from './attempt.ts';
import { type FoundDocuments, findAttached, type ReadAttachedPorts } from './find-attached.ts';
import { type SignatureVerdict, signatureOf } from './signature-of.ts';

export type { ReadAttachedPorts } from './find-attached.ts';

export interface Attached extends SignatureVerdict, Pick<SupplyChain, 'sbom' | 'provenance'> {
  /** The statement of how it was built, as text; absent: there is none, or it could not be read. */
  readonly provenanceStatement?: string;
}

/**
 * `indexes`: those that list the image; what is attached to them is about it too. A failing lookup leaves unknown what
 * it could have told, and never throws.
 */
export const readAttached = async (
  image: ImageReference,
  indexes: readonly Digest[],
  keys: readonly VerificationKey[],
  ports: ReadAttachedPorts,
): Promise<Attached> => {
  const found = await findAttached(image, indexes, ports);
  const statement = await readProvenance(image, found, ports);
  return {
    ...(await signatureOf(image, [image.digest, ...indexes], found, keys, ports.images)),
    sbom: has('sbom', found),
    provenance: has('provenance', found),
    ...(statement !== undefined && { provenanceStatement: statement }),
  };
};

const has = (kind: DocumentKind, { documents, gaps }: FoundDocuments): Known<boolean> => {
  if (documents.some((document) => document.kind === kind)) return known(true);
  const [gap] = gaps;
  return gap === undefined ? known(false) : unknown(gap);
};

const readProvenance = async (
  image: ImageReference,
  { documents }: FoundDocuments,
  { images }: ReadAttachedPorts,
): Promise<string | undefined> => {
  const provenance = documents.find(({ kind }) => kind === 'provenance');
  if (provenance === undefined) return undefined;
  const text = await attempt(() => images.fetchBlob(image, provenance.blob.digest));
  return text.ok ? statementText(text.value) : undefined;
};
