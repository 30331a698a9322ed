/** Whether a stored item reads as a dossier of this version. */
import type { Dossier } from './dossier.ts';

const KINDS: readonly unknown[] = ['image', 'index', 'artifact'];

export const isDossier = (item: unknown): item is Dossier =>
  typeof item === 'object' && item !== null && 'kind' in item && KINDS.includes(item.kind) && 'image' in item;
