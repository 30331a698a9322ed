/** Entries that are neither file nor directory where the runtime expects one: devices, FIFOs, linked mount points. */
import { clipText } from '../../base/clip-text.ts';
import { redactText } from '../../base/redaction.ts';
import type { EntryType } from '../layer-reader.ts';
import type { Look } from './sighting.ts';

const DEVICES: Readonly<Partial<Record<EntryType, string>>> = {
  'character-device': 'character device',
  'block-device': 'block device',
  fifo: 'FIFO',
};

/**
 * A character device 0/0 is how overlayfs itself writes a deletion: where a layer is unpacked as it stands, the entry
 * hides the file of the same name below, though the archive has no whiteout.
 * Source: Documentation/filesystems/overlayfs.rst of Linux.
 */
const isOverlayWhiteout: Look = ({ entry }) =>
  entry.type === 'character-device' && entry.device?.major === 0 && entry.device.minor === 0
    ? { kind: 'device', detail: 'overlayfs whiteout' }
    : undefined;

export const device: Look = (named) => {
  const detail = DEVICES[named.entry.type];
  return detail === undefined ? undefined : (isOverlayWhiteout(named) ?? { kind: 'device', detail });
};

/** Over which runtimes mount; as symbolic links they lead the mount elsewhere: CVE-2019-19921, CVE-2023-27561. */
const MOUNT_POINTS = new Set(['dev', 'proc', 'sys']);

export const linkedMountPoint: Look = ({ entry }) =>
  entry.type === 'symlink' && MOUNT_POINTS.has(entry.path)
    ? { kind: 'linked-mount-point', detail: clipText(redactText(entry.linkName ?? ''), 200) }
    : undefined;
