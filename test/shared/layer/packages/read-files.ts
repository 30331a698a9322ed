/** Files given to the reader of packages as a layer gives them: in order, in pieces that are overwritten afterwards. */
import type { EntryType } from '../../../../shared/layer/layer-reader.ts';
import type { PackageFacts } from '../../../../shared/layer/packages/package-findings.ts';
import { createPackageReader, type PackageLimits } from '../../../../shared/layer/packages/package-reader.ts';

export interface LayerFile {
  readonly path: string;
  readonly content: string | Buffer;
  readonly type?: EntryType;
  readonly linkName?: string;
  /** How much of the content comes; absent: all. */
  readonly cutAt?: number;
  /** As the archive declares it; absent: as it is. */
  readonly size?: number;
}

/** `pieces`: lengths of the pieces, used by turns. */
export const readFiles = (
  files: readonly LayerFile[],
  { limits, pieces = [65_536] }: { readonly limits?: PackageLimits; readonly pieces?: readonly number[] } = {},
): PackageFacts => {
  const reader = createPackageReader(limits);
  for (const { path, content, type = 'file', linkName, cutAt, size } of files) {
    const bytes = Buffer.from(content);
    const entry = {
      path,
      rawName: path,
      type,
      mode: 0o644,
      uid: 0,
      gid: 0,
      size: size ?? bytes.length,
      ...(linkName !== undefined && { linkName }),
    };
    const sink = reader.entry(entry);
    if (sink === undefined) continue;
    const end = cutAt ?? bytes.length;
    for (let at = 0, turn = 0; at < end; turn += 1) {
      const piece = Buffer.from(bytes.subarray(at, Math.min(end, at + Math.max(1, pieces[turn % pieces.length] ?? 1))));
      at += piece.length;
      sink.write(piece);
      piece.fill(0xaa);
    }
    sink.end(cutAt === undefined);
  }
  return reader.facts();
};

export const readFile = (path: string, content: string | Buffer): PackageFacts => readFiles([{ path, content }]);

/** `name version` and the architecture where there is one, in the order of their finding. */
export const namesOf = ({ components }: PackageFacts): readonly string[] =>
  components.map(({ name, version, architecture }) => [name, version, architecture].filter(Boolean).join(' '));

const USUAL: PackageLimits = { components: 50_000, heldBytes: 64 * 1024 * 1024, archiveBytes: 1024 * 1024 * 1024 };

export const limitedTo = (limits: Partial<PackageLimits>): PackageLimits => ({ ...USUAL, ...limits });
