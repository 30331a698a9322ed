/** What is found of packages in one layer while its entries stream by: bounded, printable, with what could not be read. */
import { clipText, plainText } from '../../base/clip-text.ts';
import { redactText } from '../../base/redaction.ts';
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
  const shown = createShownPaths();
  const databases = new Set<string>();
  const truncated: Truncation[] = [];
  let last: string | undefined;
  let text = 0;
  let full = false;
  let unread = 0;
  return {
    add: (component) => {
      if (full || !isNameLike(component)) return;
      text += lengthOf(component, last);
      last = component.path;
      full = components.length >= mostComponents || text > MOST_TEXT;
      if (!full)
        components.push({
          ...component,
          // Of a jar, both may come from the file's name.
          name: redactText(component.name),
          version: redactText(component.version),
          path: shown(component.path),
        });
    },
    database: (path) => databases.add(shown(path)),
    unread: (by, path, why) => {
      unread += 1;
      if (unread <= MOST_UNREAD) truncated.push({ by, text: `${clipText(shown(path), 200)} ${why}` });
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
const lengthOf = ({ name, version, path }: Component, before: string | undefined): number =>
  name.length + version.length + (path === before ? 0 : path.length);

/** A name can be a secret itself. The packages of one file are listed one after the other: its path is read once. */
const createShownPaths = (): ((path: string) => string) => {
  let [last, shown] = ['', ''];
  return (path) => {
    if (path !== last) [last, shown] = [path, redactText(path)];
    return shown;
  };
};

const unnamed = (count: number): Truncation => ({
  by: 'unreadable-archive',
  text: `${count} more files with packages were not read in full.`,
});

const notListed = (count: number): Truncation => ({
  by: 'findings',
  text: `The layer holds more packages than the ${count} that are listed.`,
});
