/** Whether a stored item reads as a dossier of this version. */
import type { Dossier } from './dossier.ts';

const KINDS: readonly unknown[] = ['image', 'index', 'artifact'];

export const isDossier = (item: unknown): item is Dossier =>
  typeof item === 'object' &&
  item !== null &&
  'kind' in item &&
  KINDS.includes(item.kind) &&
  'image' in item &&
  (!('attestations' in item) || areAttestations(item.attestations));

/** Earlier versions kept their digests alone, without what each is about. */
const areAttestations = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item: unknown) => typeof item === 'object' && item !== null && 'digest' in item);
