/** The system files of the final tree: of each the topmost that no higher layer deletes or replaces. */
import type { SystemFiles } from '../../layer/layer-report.ts';
import type { FileTree, Place } from '../inspected-image.ts';
import { mergeFound } from './merge-found.ts';
import type { Hides } from './overlay.ts';

export interface SystemInLayer {
  readonly place: Place;
  readonly system: SystemFiles;
  readonly hides: Hides;
}

interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

/** `layers`: lowest first. */
export const mergeSystem = (layers: readonly SystemInLayer[]): Pick<FileTree, 'system' | 'systemPlaces'> => {
  const passwd = topmost(layers, 'etc/passwd', (system) => system.passwd);
  const group = topmost(layers, 'etc/group', (system) => system.group);
  const shadow = topmost(layers, 'etc/shadow', (system) => system.shadow);
  const ldSoPreload = topmost(layers, 'etc/ld.so.preload', (system) => system.ldSoPreload);
  const osRelease = osReleaseAt(layers, 'etc/os-release') ?? osReleaseAt(layers, 'usr/lib/os-release');
  const sudoers = each(
    layers,
    (system) => system.sudoers,
    ({ withoutPassword }) => withoutPassword,
  );
  const gitConfigs = each(
    layers,
    (system) => system.gitConfigs,
    ({ urlWithCredentials }) => urlWithCredentials,
  );
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
};

const topmost = <T>(
  layers: readonly SystemInLayer[],
  path: string,
  valueIn: (system: SystemFiles) => T | undefined,
): Placed<T> | undefined => {
  let present: Placed<T> | undefined;
  for (const { place, system, hides } of layers) {
    const value = valueIn(system);
    if (value !== undefined) present = { value, place };
    else if (hides(path)) present = undefined;
  }
  return present;
};

const osReleaseAt = (layers: readonly SystemInLayer[], path: string) =>
  topmost(layers, path, ({ osRelease }) => (osRelease?.path === path ? osRelease : undefined));

/** All files of a sort that are left; their place is that of the topmost that `matters`, or of the topmost of all. */
const each = <T extends { readonly path: string }>(
  layers: readonly SystemInLayer[],
  filesIn: (system: SystemFiles) => readonly T[] | undefined,
  matters: (file: T) => boolean,
): Placed<readonly T[]> | undefined => {
  const found = layers.map(({ place, system, hides }) => ({
    place,
    hides,
    found: (filesIn(system) ?? []).map((file) => ({ path: file.path, file })),
  }));
  const { items } = mergeFound(found, { key: ({ path }) => path, same: () => false }, Number.POSITIVE_INFINITY);
  const left = items.filter(({ deletedBy }) => deletedBy === undefined);
  const telling = left.findLast(({ file }) => matters(file)) ?? left.at(-1);
  if (telling === undefined) return undefined;
  const { layer, origin, instruction } = telling;
  return {
    value: left.map(({ file }) => file),
    place: { layer, origin, ...(instruction !== undefined && { instruction }) },
  };
};
