/** An image in an archive of `docker save`: a tar with a list of images, their configs and their layers. */
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { SekishoError } from '../../shared/base/errors.ts';
import { known, unknown } from '../../shared/base/known.ts';
import { parseImageConfig } from '../../shared/image/config.ts';
import { type Digest, parseDigest } from '../../shared/image/digest.ts';
import { type ArchiveIndex, fileNamed, indexArchive } from './archive-index.ts';
import { chooseArchived, parseArchiveList } from './archive-list.ts';
import { type FilePart, piecesOfPart, readPart } from './file-part.ts';
import { type ImageStore, outsideAws } from './image-store.ts';
import { openRegularFile } from './regular-file.ts';
import { sha256 } from './sha256.ts';

const DOCUMENT_LIMIT_BYTES = 16 * 1024 * 1024;
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG = 'application/vnd.docker.container.image.v1+json';
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar';

/**
 * Throws a TypeError where there is no such file, IMAGE_NOT_FOUND, MANIFEST_INVALID, CONFIG_INVALID, LAYER_INVALID,
 * TOO_LARGE, and the file system's errors.
 */
export const openDockerArchive = async (
  file: string,
  tag: string | undefined,
  reference: string,
): Promise<ImageStore> => {
  const opened = await openRegularFile(file);
  if (opened === undefined) throw new TypeError(`there is no file ${file}`);
  const { handle } = opened;
  try {
    return await storeIn(handle, file, tag, reference);
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
};

const storeIn = async (
  handle: FileHandle,
  file: string,
  wanted: string | undefined,
  reference: string,
): Promise<ImageStore> => {
  const index = await indexOf(handle, file);
  const list = await readPart(handle, listIn(index, file), DOCUMENT_LIMIT_BYTES);
  const { image, name } = chooseArchived(parseArchiveList(list.toString('utf8'), file), wanted, file);
  const config = await readPart(handle, partNamed(index, image.config), DOCUMENT_LIMIT_BYTES);
  const diffIds = parseImageConfig(config.toString('utf8')).rootfs.diff_ids;
  const layers = image.layers.map((layer, at) => ({
    digest: layerDigest(layer, diffIds[at]),
    part: partNamed(index, layer),
  }));
  const parts = new Map(layers.map(({ digest, part }) => [digest, part]));
  // The archive keeps none: this is what Docker's registry would be given.
  const body = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: CONFIG, digest: sha256(config), size: config.length },
    layers: layers.map(({ digest, part }) => ({ mediaType: LAYER, digest, size: part.size })),
  });
  const { repository, tag } = splitTag(name ?? path.basename(file, '.tar'));
  return {
    image: outsideAws(repository, sha256(body)),
    reference,
    ...(tag !== undefined && { tag }),
    images: {
      fetchManifest: async () => ({ mediaType: MANIFEST, body }),
      fetchBlob: async () => config.toString('utf8'),
    },
    layers: {
      open: async (_image, layer) => {
        const part = parts.get(layer);
        if (part === undefined) throw missing(layer);
        return piecesOfPart(handle, part);
      },
    },
    facts: {
      referrersOf: async () => known([]),
      digestOfTag: async () => known(undefined),
      tagMutabilityOf: async () => unknown('the image lies in no registry'),
    },
    close: () => handle.close(),
  };
};

const indexOf = async (handle: FileHandle, file: string): Promise<ArchiveIndex> => {
  try {
    return await indexArchive(handle);
  } catch (cause) {
    if (!(cause instanceof SekishoError) || cause.code !== 'LAYER_INVALID') throw cause;
    throw new SekishoError(
      'LAYER_INVALID',
      `${file} is no tar archive that can be read. If it is compressed, decompress it first.`,
      { cause },
    );
  }
};

const listIn = (index: ArchiveIndex, file: string): FilePart => {
  const list = fileNamed(index, 'manifest.json');
  if (list !== undefined) return list;
  throw new SekishoError(
    'IMAGE_NOT_FOUND',
    index.files.has('index.json')
      ? `${file} is an OCI layout in an archive: unpack it into a directory, and write oci:DIR.`
      : `${file} is no archive of docker save: it has no manifest.json.`,
  );
};

const partNamed = (index: ArchiveIndex, name: string): FilePart => {
  const part = fileNamed(index, name);
  if (part === undefined) throw missing(name);
  return part;
};

const splitTag = (name: string): { readonly repository: string; readonly tag?: string } => {
  const colon = name.lastIndexOf(':');
  return colon > 0 && !name.slice(colon).includes('/')
    ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) }
    : { repository: name };
};

/** Docker keeps layers as blobs since version 25; go-containerregistry (ko, Kaniko) and Jib compress them. */
const NAMED_BY_DIGEST = /^(?:.*\/)?blobs\/sha256\/([a-f0-9]{64})$|^(?:.*\/)?([a-f0-9]{64})\.tar\.gz$/;

/** By its name; older archives hold the tar itself, whose digest the config knows. */
const layerDigest = (name: string, diffId: Digest | undefined): Digest => {
  const [, blob, compressed] = NAMED_BY_DIGEST.exec(name) ?? [];
  const digest = parseDigest(`sha256:${blob ?? compressed}`) ?? diffId;
  if (digest === undefined)
    throw new SekishoError('CONFIG_INVALID', 'The image config names fewer layers than the archive lists.');
  return digest;
};

const missing = (name: string): SekishoError =>
  new SekishoError(
    'IMAGE_NOT_FOUND',
    `The archive does not have ${JSON.stringify(name.slice(0, 200))}, which it lists.`,
  );
