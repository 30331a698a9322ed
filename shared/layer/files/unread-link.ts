/** Links under names whose content counts: it comes, if at all, under another name, by which nothing tells what it is. */
import { clipText } from '../../base/clip-text.ts';
import { redactText } from '../../base/redaction.ts';
import type { TarEntry } from '../layer-reader.ts';
import type { Truncation } from '../layer-report.ts';
import { isPublishedMaterial } from '../secrets/published-material.ts';
import { CREDENTIAL_FILES } from '../secrets/secret-files.ts';
import { linkTarget } from '../tar/link-target.ts';
import { isThirdParty } from './third-party-directories.ts';

export const unreadLink = (path: string): Truncation => ({
  by: 'unreadable-archive',
  text: `${clipText(redactText(path), 200)} is a link; its content was not read under this name.`,
});

/** Whether it is a hard link with a name of a file of credentials whose target has none of the same sort. */
export const hidesCredentials = (entry: TarEntry): boolean => {
  if (entry.type !== 'hardlink' || isThirdParty(entry.path) || isPublishedMaterial(entry.path)) return false;
  const target = linkTarget(entry) ?? '';
  return CREDENTIAL_FILES.some(
    ({ mustBeRead, matches }) => mustBeRead && matches(entry.path) && (!matches(target) || isPublishedMaterial(target)),
  );
};
