/** Where `sekisho inspect` reads an image from: a folder, an archive or a registry, all asked in the same way. */

import type { ImageReference } from '../../shared/image/image-reference.ts';
import type { LayerSource, RegistryFacts } from '../../shared/pipeline/inspection-ports.ts';
import type { ImageSource } from '../../shared/pipeline/ports.ts';

export interface ImageStore {
  /** The image or index that was asked for. Account and Region are empty where it lies in no registry of AWS. */
  readonly image: ImageReference;
  /** As the user wrote it. */
  readonly reference: string;
  readonly tag?: string;
  /** The registry's host; absent outside one. */
  readonly registry?: string;
  readonly images: ImageSource;
  readonly layers: LayerSource;
  readonly facts: RegistryFacts;
  readonly close: () => Promise<void>;
}

/** Of an image that lies in no registry of AWS. */
export const outsideAws = (repository: string, digest: ImageReference['digest']): ImageReference => ({
  partition: 'aws',
  account: '',
  region: '',
  repository,
  digest,
});
