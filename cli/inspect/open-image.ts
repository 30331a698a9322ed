/** The image that a source means, ready to be read. */
import { openDockerArchive } from './docker-archive.ts';
import type { ImageStore } from './image-store.ts';
import { openOciLayout } from './oci-layout.ts';
import { parseSource } from './parse-source.ts';
import { openRegistryImage } from './registry-image.ts';
import { parseRegistryReference } from './registry-reference.ts';

/** Throws a TypeError for what is no source, and what the places throw. */
export const openImage = async (text: string): Promise<ImageStore> => {
  const source = parseSource(text);
  switch (source.kind) {
    case 'oci-layout':
      return openOciLayout(source.directory, source.tag, text);
    case 'docker-archive':
      return openDockerArchive(source.file, source.tag, text);
    case 'registry':
      return openRegistryImage(parseRegistryReference(source.reference), text);
  }
};
