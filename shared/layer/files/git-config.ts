/** `.git/config`: whether a clone left the credentials behind that it was made with. */
import { linesOf } from './head.ts';

/** `https://user:token@host`, and `https://token@host`, where what stands alone is too long for a name. */
const URL_CREDENTIALS = /https?:\/\/(?:[^\s/@:]*:[^\s/@]+|[^\s/@:]{20,})@/i;
/** What GitHub's checkout action writes: `extraheader = AUTHORIZATION: basic …`. */
const HEADER = /^\s*extraheader\s*=\s*"?\s*authorization\s*:/i;

export const holdsCredentials = (text: string): boolean =>
  linesOf(text).some((line) => URL_CREDENTIALS.test(line) || HEADER.test(line));

export const isGitConfig = (path: string): boolean => path === '.git/config' || path.endsWith('/.git/config');
