/** What a link of the archive points to, as a path of the image. */
import type { TarEntry } from '../layer-reader.ts';
import { entryPath } from './entry-path.ts';

/** As `entryPath` writes it; links on the way there are not followed. Undefined: the entry is no link. */
export const linkTarget = ({ path, type, linkName = '' }: TarEntry): string | undefined => {
  if (type === 'hardlink' || (type === 'symlink' && linkName.startsWith('/'))) return entryPath(linkName);
  return type === 'symlink' ? entryPath(`${path.slice(0, path.lastIndexOf('/') + 1)}${linkName}`) : undefined;
};
