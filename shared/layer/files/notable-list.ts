/** The notable files of a layer as they are gathered: one for a kind and a path, so many of a kind and no more. */
import { redactText } from '../../base/redaction.ts';
import type { TarEntry } from '../layer-reader.ts';
import { NOTABLE_KINDS, type NotableFile, type NotableKind, type Truncation } from '../layer-report.ts';
import type { Sighting } from './sighting.ts';

export interface NotableList {
  readonly add: (sighting: Sighting, entry: TarEntry) => void;
  /** Another entry has this path: what was noted of the one before does not land in the image. Its name stays noted. */
  readonly replace: (path: string) => void;
  /** By kind, each in the archive's order. */
  readonly files: () => readonly NotableFile[];
  readonly truncated: () => readonly Truncation[];
}

/** `count`: of the files below a directory that are reported together. */
type Kept = NotableFile & { readonly count?: number };

/** `limit`: how many of one kind are kept. */
export const createNotableList = (limit: number): NotableList => {
  const kinds = new Map<NotableKind, Map<string, Kept>>();
  const full = new Set<NotableKind>();
  return {
    add: ({ kind, detail, below }, { path, mode, uid, gid, size }) => {
      const found = kinds.get(kind) ?? new Map<string, Kept>();
      kinds.set(kind, found);
      const key = below ?? path;
      const before = found.get(key);
      if (before === undefined && found.size >= limit) full.add(kind);
      else if (below !== undefined && before?.count !== undefined)
        found.set(key, { ...before, size: before.size + size, count: before.count + 1 });
      else
        found.set(key, {
          ...{ kind, path: key, mode, uid, gid, size },
          ...(detail !== undefined && { detail }),
          ...(below !== undefined && { count: 1 }),
        });
    },
    replace: (path) => {
      for (const [kind, found] of kinds)
        if (kind !== 'escaping-name' && found.has(path) && found.get(path)?.count === undefined) found.delete(path);
    },
    files: () =>
      NOTABLE_KINDS.flatMap((kind) =>
        [...(kinds.get(kind)?.values() ?? [])].map(({ count, ...file }) => ({
          ...file,
          // A name can be a secret itself.
          path: redactText(file.path),
          ...(count !== undefined && { detail: count === 1 ? '1 file' : `${count} files` }),
        })),
      ),
    truncated: () =>
      NOTABLE_KINDS.filter((kind) => full.has(kind)).map((kind) => ({
        by: 'findings',
        text: `Only the first ${limit} files of the kind "${kind}" are listed.`,
      })),
  };
};
