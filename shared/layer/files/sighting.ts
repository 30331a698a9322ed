/** What a look at one entry of a layer notices, by its name and its header alone. */
import type { TarEntry } from '../layer-reader.ts';
import type { NotableKind } from '../layer-report.ts';

/** An entry with its path taken apart once for all looks: `etc/ssh` and `sshd_config`. */
export interface NamedEntry {
  readonly entry: TarEntry;
  /** Without a slash at its end; empty: the root. */
  readonly directory: string;
  readonly base: string;
}

export interface Sighting {
  readonly kind: NotableKind;
  readonly detail?: string;
  /** The entry is one file of many below this directory, which are reported together. */
  readonly below?: string;
}

export type Look = (named: NamedEntry) => Sighting | undefined;

export const namedEntry = (entry: TarEntry): NamedEntry => {
  const slash = entry.path.lastIndexOf('/');
  return { entry, directory: entry.path.slice(0, Math.max(slash, 0)), base: entry.path.slice(slash + 1) };
};

/** What holds bytes under this name: a hard link is the same file once more. */
export const isRegular = ({ type }: TarEntry): boolean => type === 'file' || type === 'hardlink';
