/** What is found of packages in one layer while its entries stream by: bounded, printable, with what could not be read. */
import { clipText, plainText } from '../../base/clip-text.ts';
import type { Component, Truncation } from '../layer-report.ts';

export interface PackageFacts {
  readonly components: readonly Component[];
  /** Package databases that were read to their end. */
  readonly databases: readonly string[];
  readonly truncated: readonly Truncation[];
}

export interface PackageFindings {
  /** What is no name or version of a package (empty, endless, not printable) is left out. */
  readonly add: (component: Component) => void;
  readonly database: (path: string) => void;
  /** A file that was not read in full; `why` completes the sentence that its path begins. */
  readonly unread: (by: Truncation['by'], path: string, why: string) => void;
  readonly facts: () => PackageFacts;
}

/** No registry takes a name or a version that is longer; a Maven name is a group and an artifact. */
const LONGEST_NAME = 512;
const LONGEST_VERSION = 256;
/** Characters of all components together: paths are as long as the archive makes them. */
const MOST_TEXT = 16 * 1024 * 1024;
const MOST_UNREAD = 20;

export const createPackageFindings = (mostComponents: number): PackageFindings => {
  const components: Component[] = [];
  const databases = new Set<string>();
  const truncated: Truncation[] = [];
  let text = 0;
  let full = false;
  let unread = 0;
  return {
    add: (component) => {
      if (full || !isNameLike(component)) return;
      text += lengthOf(component, components.at(-1));
      full = components.length >= mostComponents || text > MOST_TEXT;
      if (!full) components.push(component);
    },
    database: (path) => databases.add(path),
    unread: (by, path, why) => {
      unread += 1;
      if (unread <= MOST_UNREAD) truncated.push({ by, text: `${clipText(path, 200)} ${why}` });
    },
    facts: () => ({
      components,
      databases: [...databases],
      truncated: [
        ...truncated,
        ...(unread > MOST_UNREAD ? [unnamed(unread - MOST_UNREAD)] : []),
        ...(full ? [notListed(components.length)] : []),
      ],
    }),
  };
};

const isNameLike = ({ name, version, architecture }: Component): boolean =>
  isText(name, LONGEST_NAME) &&
  isText(version, LONGEST_VERSION) &&
  (architecture === undefined || isText(architecture, LONGEST_NAME));

const isText = (text: string, longest: number): boolean =>
  text !== '' && text.length <= longest && plainText(text) === text;

/** The packages of one database share its path. */
const lengthOf = ({ name, version, path }: Component, before: Component | undefined): number =>
  name.length + version.length + (path === before?.path ? 0 : path.length);

const unnamed = (count: number): Truncation => ({
  by: 'unreadable-archive',
  text: `${count} more files with packages were not read in full.`,
});

const notListed = (count: number): Truncation => ({
  by: 'findings',
  text: `The layer holds more packages than the ${count} that are listed.`,
});
