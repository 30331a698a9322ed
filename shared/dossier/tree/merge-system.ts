/** The system files of the final tree: of each the topmost that no higher layer deletes or replaces. */
import type { SystemFiles } from '../../layer/layer-report.ts';
import type { Fate, FileTree, Place } from '../inspected-image.ts';
import { mergeFound } from './merge-found.ts';
import type { Spot, Spots } from './spots.ts';

export interface SystemMerge {
  /** One layer upon those before. `layer`: its index. */
  readonly add: (layer: number, system: SystemFiles, hidden: readonly Spot[]) => void;
  /** `places`: one per layer. */
  readonly tree: (places: readonly Place[]) => Pick<FileTree, 'system' | 'systemPlaces'>;
  readonly isFull: () => boolean;
}

interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

/** `limit`: how many files of one sort are kept. */
export const mergeSystem = (spots: Spots, limit: number): SystemMerge => {
  const merges = {
    passwd: fileMerge(spots, limit, (system) => at('etc/passwd', system.passwd)),
    group: fileMerge(spots, limit, (system) => at('etc/group', system.group)),
    shadow: fileMerge(spots, limit, (system) => at('etc/shadow', system.shadow)),
    ldSoPreload: fileMerge(spots, limit, (system) => at('etc/ld.so.preload', system.ldSoPreload)),
    osRelease: fileMerge(spots, limit, ({ osRelease }) => each(osRelease && [osRelease])),
    sudoers: fileMerge(spots, limit, ({ sudoers }) => each(sudoers)),
    gitConfigs: fileMerge(spots, limit, ({ gitConfigs }) => each(gitConfigs)),
  };
  const every = Object.values(merges);
  return {
    add: (layer, system, hidden) => {
      for (const merge of every) merge.add(layer, system, hidden);
    },
    tree: (places) => {
      const passwd = first(merges.passwd.left(places));
      const group = first(merges.group.left(places));
      const shadow = first(merges.shadow.left(places));
      const ldSoPreload = first(merges.ldSoPreload.left(places));
      const releases = merges.osRelease.left(places);
      const osRelease = first(releases.filter(({ path }) => path === 'etc/os-release')) ?? first(releases);
      const sudoers = allOf(merges.sudoers.left(places), ({ withoutPassword }) => withoutPassword);
      const gitConfigs = allOf(merges.gitConfigs.left(places), ({ urlWithCredentials }) => urlWithCredentials);
      return {
        system: {
          ...(passwd && { passwd: passwd.value }),
          ...(group && { group: group.value }),
          ...(shadow && { shadow: shadow.value }),
          ...(sudoers && { sudoers: sudoers.value }),
          ...(osRelease && { osRelease: osRelease.value }),
          ...(ldSoPreload && { ldSoPreload: ldSoPreload.value }),
          ...(gitConfigs && { gitConfigs: gitConfigs.value }),
        },
        systemPlaces: {
          ...(passwd && { passwd: passwd.place }),
          ...(group && { group: group.place }),
          ...(shadow && { shadow: shadow.place }),
          ...(sudoers && { sudoers: sudoers.place }),
          ...(osRelease && { osRelease: osRelease.place }),
          ...(ldSoPreload && { ldSoPreload: ldSoPreload.place }),
          ...(gitConfigs && { gitConfigs: gitConfigs.place }),
        },
      };
    },
    isFull: () => every.some((merge) => merge.isFull()),
  };
};

interface File<T> {
  readonly path: string;
  readonly value: T;
}

const at = <T>(path: string, value: T | undefined): readonly File<T>[] =>
  value === undefined ? [] : [{ path, value }];

const each = <T extends { readonly path: string }>(files: readonly T[] | undefined): readonly File<T>[] =>
  (files ?? []).map((file) => ({ path: file.path, value: file }));

/** The files of one sort; what a layer writes again is that layer's. */
const fileMerge = <T>(spots: Spots, limit: number, filesIn: (system: SystemFiles) => readonly File<T>[]) => {
  const merge = mergeFound<File<T>>(spots, { key: ({ path }) => path, same: () => false }, limit);
  return {
    add: (layer: number, system: SystemFiles, hidden: readonly Spot[]) => merge.add(layer, filesIn(system), hidden),
    left: (places: readonly Place[]) => merge.items(places).filter(({ deletedBy }) => deletedBy === undefined),
    isFull: merge.isFull,
  };
};

const placed = <T>(value: T, { layer, origin, instruction }: Place): Placed<T> => ({
  value,
  place: { layer, origin, ...(instruction !== undefined && { instruction }) },
});

const first = <T>([file]: readonly (File<T> & Fate)[]): Placed<T> | undefined => file && placed(file.value, file);

/** All files of a sort that are left; their place is that of the topmost that `matters`, or of the topmost of all. */
const allOf = <T>(
  left: readonly (File<T> & Fate)[],
  matters: (file: T) => boolean,
): Placed<readonly T[]> | undefined => {
  const telling = left.findLast(({ value }) => matters(value)) ?? left.at(-1);
  return (
    telling &&
    placed(
      left.map(({ value }) => value),
      telling,
    )
  );
};
