/** What is attached to an image in its registry: signatures, bills of materials, provenance. */
import { mapEnded } from '../base/ended.ts';
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

/** Whoever attaches more than this does not tell better how an image was built. */
const MOST_STATEMENTS = 3;

export interface Attached extends SignatureVerdict, Pick<SupplyChain, 'sbom' | 'provenance'> {
  /** Statements of how it was built, as text: the first few that could be read. */
  readonly statements: readonly string[];
  /** Why there may be another, as a sentence; absent: every one was read. */
  readonly statementGap?: string;
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
  return {
    ...(await signatureOf(image, [image.digest, ...indexes], found, keys, ports.images)),
    sbom: has('sbom', found),
    provenance: has('provenance', found),
    ...(await readProvenance(image, found, ports)),
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
): Promise<Pick<Attached, 'statements' | 'statementGap'>> => {
  const provenance = documents.filter(({ kind }) => kind === 'provenance');
  const read = await mapEnded(
    provenance.slice(0, MOST_STATEMENTS),
    ({ blob }) => attempt(() => images.fetchBlob(image, blob.digest)),
    { concurrency: MOST_STATEMENTS },
  );
  const errors = read.flatMap((one) => (one.ok ? [] : [one.error]));
  const gap =
    errors[0]?.message ??
    (provenance.length > MOST_STATEMENTS
      ? `Only ${MOST_STATEMENTS} of the ${provenance.length} statements of provenance were read.`
      : undefined);
  return {
    statements: read.flatMap((one) => (one.ok ? [statementText(one.value)] : [])),
    ...(gap !== undefined && { statementGap: gap }),
  };
};
