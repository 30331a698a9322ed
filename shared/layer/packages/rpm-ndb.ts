/** Package headers out of `Packages.db`, rpm's own format, as SUSE has it: a table of slots, then blobs. */
import type { ReadHeaders } from './rpm-header.ts';

// Numbers are little-endian; the names are four letters each.
const FILE = 0x506d7052; // RpmP
const SLOT = 0x746f6c53; // Slot
const BLOB = 0x53626c42; // BlbS
const VERSION = 0;

const PAGE = 4096;
const SLOT_SIZE = 16;
/** The file's header takes the place of the first two slots. */
const FILE_HEADER = 32;
const BLOCK = 16;
const BLOB_HEADER = 16;

export const readNdb: ReadHeaders = (file, found) => {
  if (file.readUInt32LE(0) !== FILE || file.readUInt32LE(4) !== VERSION) return false;
  const end = file.readUInt32LE(12) * PAGE;
  let whole = true;
  /** What all blobs together may take: a file that says more refers to some of its bytes twice. */
  let room = file.length;
  for (let slot = FILE_HEADER; slot < end; slot += SLOT_SIZE) {
    if (file.readUInt32LE(slot) !== SLOT) return false;
    const index = file.readUInt32LE(slot + 4);
    if (index === 0) continue;
    const blob = file.readUInt32LE(slot + 8) * BLOCK;
    const length = file.readUInt32LE(blob + 12);
    room -= BLOB_HEADER + length;
    if (room < 0) return false;
    const start = blob + BLOB_HEADER;
    const intact = file.readUInt32LE(blob) === BLOB && file.readUInt32LE(blob + 4) === index;
    if (intact && start + length <= file.length) found(file.subarray(start, start + length));
    else whole = false;
  }
  return whole;
};
