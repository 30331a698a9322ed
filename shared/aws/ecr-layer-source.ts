/** Layers out of ECR, streamed from where it keeps them. */
import type { LayerSource } from '../pipeline/inspection-ports.ts';
import { blobAddress } from './ecr-blob-address.ts';
import { ecrClients } from './ecr-clients.ts';

/** Opens a document of any length for reading. Throws ADDRESS_REFUSED and AWS_UNAVAILABLE, also while it is read. */
export type StreamOpener = (url: string) => Promise<AsyncIterable<Uint8Array>>;

export const ecrLayerSource = (openStream: StreamOpener): LayerSource => {
  const ecrOf = ecrClients();
  return { open: async (image, layer) => openStream(await blobAddress(ecrOf(image), image, layer)) };
};
