/** What kind of place a source is, by the way it is written. */
import { existsSync, statSync } from 'node:fs';
import { shownSource } from './shown-source.ts';

export type Source =
  | { readonly kind: 'oci-layout'; readonly directory: string; readonly tag?: string }
  | { readonly kind: 'docker-archive'; readonly file: string; readonly tag?: string }
  | { readonly kind: 'registry'; readonly reference: string };

/**
 * `oci:DIR[:TAG]`, `docker-archive:FILE[:TAG]`, a path to an archive, `docker://…`, or a registry's reference.
 * Throws a TypeError with a sentence for what is none.
 */
export const parseSource = (text: string): Source => {
  if (text.startsWith('oci:')) {
    const { path: directory, tag } = pathAndTag(text.slice('oci:'.length), isDirectory);
    return { kind: 'oci-layout', directory, ...(tag !== undefined && { tag }) };
  }
  if (text.startsWith('docker-archive:')) {
    const { path: file, tag } = pathAndTag(text.slice('docker-archive:'.length), isFile);
    return { kind: 'docker-archive', file, ...(tag !== undefined && { tag }) };
  }
  const other = Object.entries(OTHER_TRANSPORTS).find(([prefix]) => text.startsWith(prefix));
  if (other !== undefined) throw new TypeError(`${other[0]} is not read: ${other[1]}`);
  if (text.startsWith('docker://')) return { kind: 'registry', reference: text.slice('docker://'.length) };
  if (isFile(text)) return { kind: 'docker-archive', file: text };
  if (isDirectory(text))
    throw new TypeError(
      `${text} is a directory: write oci:${text} for an OCI layout, docker://${text} for a registry’s image`,
    );
  // Nobody's repository begins so: a path that is mistyped.
  if (/^[./~]|\.tar(?::[^/]*)?$/.test(text))
    throw new TypeError(
      `there is no file ${shownSource(text)} (one image of several is written docker-archive:FILE:TAG)`,
    );
  return { kind: 'registry', reference: text };
};

const OTHER_TRANSPORTS: Readonly<Record<string, string>> = {
  'oci-archive:': 'unpack the archive into a directory, and write oci:DIR',
  'docker-daemon:': 'save the image with "docker save -o image.tar", and write image.tar',
  'containers-storage:': 'copy the image with "skopeo copy" to oci:DIR',
  'dir:': 'copy the image with "skopeo copy" to oci:DIR',
};

/** Both may hold colons themselves: what is there is the path, and as much of it as can be. */
const pathAndTag = (
  text: string,
  isThere: (path: string) => boolean,
): { readonly path: string; readonly tag?: string } => {
  if (text === '' || text.startsWith(':')) throw new TypeError('the source names no path');
  if (isThere(text)) return { path: text };
  for (let colon = text.lastIndexOf(':'); colon > 0; colon = text.lastIndexOf(':', colon - 1))
    if (isThere(text.slice(0, colon))) return split(text, colon);
  return text.includes(':') ? split(text, text.indexOf(':')) : { path: text };
};

const split = (text: string, colon: number) => ({ path: text.slice(0, colon), tag: text.slice(colon + 1) });

const isDirectory = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();
const isFile = (path: string): boolean => existsSync(path) && !statSync(path).isDirectory();
