/** What an image's history leaves out, and why: not every image was built instruction by instruction. */
import type { LayerAttribution } from './instruction.ts';
import { changesNoFile, type ToldEntry } from './told-entry.ts';

export interface HistoryGap {
  /** A clause: `it was built by Bazel, without a Dockerfile`. */
  readonly because: string;
  /** Whether the instructions that are told are still enough to find the end of the base image. */
  readonly tellsBase: boolean;
}

/** Undefined: the history tells every instruction of the image's own build. */
export const historyGap = (
  entries: readonly ToldEntry[],
  attribution: LayerAttribution,
  layers: number,
): HistoryGap | undefined => {
  if (entries.length === 0) return { because: 'it has no history', tellsBase: false };
  const last = entries.at(-1);
  const how = MERGED.find(([, matches]) => entries.some(matches)) ?? TOOLS.find(([, matches]) => last && matches(last));
  if (how !== undefined) return { because: how[0], tellsBase: how[0] === BY_BUILDKIT };
  const made = entries.filter(({ empty_layer }) => !empty_layer);
  const unnamed = namelessLayers(entries);
  if (unnamed > 0) return { because: `its history does not say what made ${count(unnamed)}`, tellsBase: false };
  if (made.some(changesNoFile)) return { because: 'one layer holds what several instructions made', tellsBase: true };
  if (attribution.attributed) return undefined;
  // More instructions than layers: some were put together later, but all are told.
  return { because: 'its history and its layers do not agree', tellsBase: made.length > layers };
};

type Mark = readonly [because: string, matches: (entry: ToldEntry) => boolean];

const without = (tool: string): string => `it was built by ${tool}, without a Dockerfile`;
const BY_BUILDKIT = without('BuildKit');

/** These hide what was there before, wherever in the history they stand. */
const MERGED: readonly Mark[] = [
  ['its layers were squashed into one', ({ comment = '' }) => /^merge sha256:/.test(comment)],
  ['a file system was imported into it', ({ comment = '' }) => /^Imported from /.test(comment)],
];

/** The names that tools leave, in the last entry: a base image that was built so is no gap in what is built on it. */
const TOOLS: readonly Mark[] = [
  [BY_BUILDKIT, ({ comment }) => comment === 'buildkit.exporter.image.v0'],
  ['it was built by kaniko, which tells only of instructions that made a layer', ({ author }) => author === 'kaniko'],
  [without('ko'), ({ author, created_by = '' }) => author === 'ko' || /^ko (?:build|publish) /.test(created_by)],
  [without('Jib'), ({ author, created_by = '' }) => author === 'Jib' || /^jib\b/.test(created_by)],
  [
    without('Bazel'),
    ({ author = '', created_by = '' }) => /^(?:Bazel|rules_oci)$/.test(author) || /^bazel\b/.test(created_by),
  ],
  [without('apko'), ({ author, created_by }) => author === 'apko' || created_by === 'apko'],
  [without('Nix'), ({ created_by, comment = '' }) => created_by === 'Nix' || /^store paths: /.test(comment)],
  [
    without('buildpacks'),
    ({ created_by = '' }) =>
      /^(?:Buildpacks |Application Layer|Software Bill-of-Materials|Layer: '[^']*', Created by )/.test(created_by),
  ],
];

/**
 * Layers that no instruction is named for. The lowest ones of a base image often have none (`# debian.sh …`), which
 * leaves out nothing as long as instructions follow.
 */
const namelessLayers = (entries: readonly ToldEntry[]): number => {
  const first = entries.findIndex(({ keyword }) => keyword !== 'UNKNOWN');
  return entries.filter((entry, index) => {
    const silent = entry.created_by === undefined && entry.comment === undefined;
    return !entry.empty_layer && entry.keyword === 'UNKNOWN' && (silent || first < 0 || index > first);
  }).length;
};

const count = (layers: number): string => (layers === 1 ? '1 of its layers' : `${layers} of its layers`);
