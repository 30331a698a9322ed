/** An entry from its header block and what pax and GNU headers before it say. */
import type { EntryType, TarEntry } from '../layer-reader.ts';
import { entryPath, LONGEST_NAME, nameText } from './entry-path.ts';
import type { Extensions } from './extensions.ts';
import type { TarHeader } from './header.ts';
import { layerInvalid } from './layer-invalid.ts';

export interface ReadEntry {
  readonly entry: TarEntry;
  /** Its content is stored without its holes; `size` is of what is stored. */
  readonly sparse: boolean;
}

/**
 * As Go's archive/tar reads it, with which containerd, Docker, BuildKit, Podman and Buildah unpack: GNU's long name wins
 * over pax, and links, devices and directories have no content whatever their size says. Throws LAYER_INVALID.
 */
export const entryFrom = (header: TarHeader, { pax, longName, longLink }: Extensions): ReadEntry => {
  const ownName = nameText(filled(longName) ?? pax?.path ?? header.name);
  const linkName = nameText(filled(longLink) ?? pax?.linkName ?? header.linkName);
  const type = entryType(header.typeflag, ownName);
  const isPaxSparse = header.typeflag !== GNU_SPARSE && (pax?.sparse ?? false);
  if (isPaxSparse && !HAS_CONTENT[type]) throw layerInvalid('An entry without content is said to have holes.');
  const rawName = isPaxSparse && pax?.sparseName ? nameText(pax.sparseName) : ownName;
  const size = HAS_CONTENT[type] ? (pax?.size ?? header.size) : 0;
  if (size < 0) throw layerInvalid('An entry has a size below zero.');
  return {
    entry: {
      path: entryPath(rawName),
      rawName: rawName.slice(0, LONGEST_NAME),
      type,
      mode: header.mode & 0o7777,
      uid: pax?.uid ?? header.uid,
      gid: pax?.gid ?? header.gid,
      size,
      ...(linkName !== '' && { linkName: linkName.slice(0, LONGEST_NAME) }),
      ...(pax?.capability && { capability: pax.capability }),
      ...(header.device && { device: header.device }),
    },
    sparse: header.typeflag === GNU_SPARSE || isPaxSparse,
  };
};

export const GNU_SPARSE = 'S';

const TYPES: Readonly<Record<string, EntryType>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'fifo',
  // Contiguous files, which no system has any more.
  '7': 'file',
  [GNU_SPARSE]: 'file',
};

const HAS_CONTENT = {
  file: true,
  other: true,
  directory: false,
  symlink: false,
  hardlink: false,
  'character-device': false,
  'block-device': false,
  fifo: false,
} as const satisfies Record<EntryType, boolean>;

const entryType = (typeflag: string, rawName: string): EntryType =>
  typeflag === '\0' && rawName.endsWith('/') ? 'directory' : (TYPES[typeflag] ?? 'other');

const filled = (name: Buffer | undefined): Buffer | undefined => (name && name.length > 0 ? name : undefined);
