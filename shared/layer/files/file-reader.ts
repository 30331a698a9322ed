/** The reader that notes files by name, mode and header, and reads the few small ones whose content rules ask for. */
import type { LayerReader } from '../layer-reader.ts';
import type { NotableFile, SystemFiles, Truncation } from '../layer-report.ts';
import { buildContext } from './build-context.ts';
import { clutter } from './clutter.ts';
import { climbingHardlink, climbingName, isAbsoluteName } from './escaping-names.ts';
import { fileCapabilities } from './file-capabilities.ts';
import { maliciousName } from './malicious-names.ts';
import { setuidFile, worldWritable, writableSystemFile } from './mode-bits.ts';
import { createNotableList } from './notable-list.ts';
import { packageCache } from './package-caches.ts';
import { program } from './programs.ts';
import { secretName } from './secret-names.ts';
import { type Look, namedEntry } from './sighting.ts';
import { device, linkedMountPoint } from './special-entries.ts';
import { createSystemFileReader } from './system-files.ts';
import { hidesCredentials, unreadLink } from './unread-link.ts';

const LOOKS: readonly Look[] = [
  setuidFile,
  fileCapabilities,
  worldWritable,
  writableSystemFile,
  secretName,
  buildContext,
  program,
  maliciousName,
  packageCache,
  clutter,
  linkedMountPoint,
  device,
];

export interface FileLimits {
  /** How many notable files of one kind are kept, and how many accounts, groups and other system files. */
  readonly found: number;
  /** How many bytes of a system file are read. */
  readonly systemFileBytes: number;
}

/** Enough to say that the layer was not read in full. */
const MOST_HIDDEN = 20;

export const FILE_LIMITS: FileLimits = { found: 2_000, systemFileBytes: 1024 * 1024 };

export interface FileFacts {
  readonly notable: readonly NotableFile[];
  readonly system: SystemFiles;
  readonly truncated: readonly Truncation[];
}

export const createFileReader = (
  limits: FileLimits = FILE_LIMITS,
): LayerReader & { readonly facts: () => FileFacts } => {
  const notable = createNotableList(limits.found);
  const system = createSystemFileReader(limits);
  const hidden = new Map<string, Truncation>();
  let absoluteNameSeen = false;
  return {
    entry: (entry) => {
      const named = namedEntry(entry);
      // The archive may name a path twice, and the later entry is the one that lands in the image.
      notable.replace(entry.path);
      hidden.delete(entry.path);
      const climbing = climbingName(named) ?? climbingHardlink(named);
      if (climbing) notable.add(climbing, entry);
      // Distroless and Paketo write whole layers so: one says it for all.
      else if (!absoluteNameSeen && isAbsoluteName(entry.rawName)) {
        absoluteNameSeen = true;
        notable.add({ kind: 'escaping-name', detail: 'absolute name' }, entry);
      }
      // A whiteout is no file.
      if (named.base.startsWith('.wh.')) return undefined;
      for (const look of LOOKS) {
        const sighting = look(named);
        if (sighting) notable.add(sighting, entry);
      }
      if (hidesCredentials(entry) && hidden.size < MOST_HIDDEN) hidden.set(entry.path, unreadLink(entry.path));
      return system.entry(entry);
    },
    facts: () => ({
      notable: notable.files(),
      system: system.files(),
      truncated: onePerText([...notable.truncated(), ...system.truncated(), ...hidden.values()]),
    }),
  };
};

const onePerText = (truncated: readonly Truncation[]): readonly Truncation[] => [
  ...new Map(truncated.map((one) => [one.text, one])).values(),
];
