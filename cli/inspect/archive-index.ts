/** Where each file of a tar archive lies, found by its headers alone: the contents are skipped. */
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { SekishoError } from '../../shared/base/errors.ts';
import {
  type Extensions,
  isExtension,
  MOST_EXTENSION_BYTES,
  withExtension,
} from '../../shared/layer/tar/extensions.ts';
import { BLOCK_BYTES, isZeroBlock, parseHeader, type TarHeader } from '../../shared/layer/tar/header.ts';
import { layerInvalid } from '../../shared/layer/tar/layer-invalid.ts';
import { type FilePart, readPart } from './file-part.ts';

export interface ArchiveIndex {
  readonly files: ReadonlyMap<string, FilePart>;
  /** Old archives of Docker name a layer that they hold already by a link. */
  readonly links: ReadonlyMap<string, string>;
}

/** An archive of images holds a few files for each layer, and no image has a thousand. */
const MOST_ENTRIES = 20_000;
const LINK = '2';
const DIRECTORY = '5';
const FILES: ReadonlySet<string> = new Set(['0', '\0']);

/** Throws LAYER_INVALID for what is no tar archive, TOO_LARGE, and the file system's errors. */
export const indexArchive = async (file: FileHandle): Promise<ArchiveIndex> => {
  const files = new Map<string, FilePart>();
  const links = new Map<string, string>();
  const block = Buffer.alloc(BLOCK_BYTES);
  let extensions: Extensions = {};
  let offset = 0;
  for (let entries = 0; entries < MOST_ENTRIES; entries += 1) {
    const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, offset);
    if (bytesRead < BLOCK_BYTES || isZeroBlock(block)) return { files, links };
    const header = parseHeader(block);
    const { name, link, size } = describe(header, extensions);
    const content = { offset: offset + BLOCK_BYTES, size };
    offset = content.offset + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
    if (isExtension(header.typeflag)) {
      extensions = withExtension(extensions, header.typeflag, await readPart(file, content, MOST_EXTENSION_BYTES));
      continue;
    }
    extensions = {};
    if (header.typeflag === LINK) links.set(name, link);
    else if (FILES.has(header.typeflag)) files.set(name, content);
  }
  throw new SekishoError('TOO_LARGE', `The archive has more than ${MOST_ENTRIES} files.`);
};

/** The file that a name means, through at most one link. */
export const fileNamed = ({ files, links }: ArchiveIndex, name: string): FilePart | undefined => {
  const link = links.get(name);
  if (link === undefined) return files.get(name);
  return files.get(path.posix.join(path.posix.dirname(name), link));
};

const describe = (
  { name, linkName, typeflag, size }: TarHeader,
  { pax, longName, longLink }: Extensions,
): { readonly name: string; readonly link: string; readonly size: number } => {
  const isFile = typeflag !== LINK && typeflag !== DIRECTORY;
  const stored = isFile ? (isExtension(typeflag) ? size : (pax?.size ?? size)) : 0;
  if (stored < 0) throw layerInvalid('A tar header names a size below zero.');
  return {
    name: (pax?.path ?? longName ?? name).toString('utf8').replace(/^\.\//, ''),
    link: (pax?.linkName ?? longLink ?? linkName).toString('utf8'),
    size: stored,
  };
};
