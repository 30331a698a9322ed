/** `.git/config`: whether a clone left the credentials behind that it was made with. */
import { linesOf } from './head.ts';

/** `https://user:token@host`, and `https://token@host`, where what stands alone is too long for a name. */
const URL_CREDENTIALS = /https?:\/\/(?:[^\s/@:]{0,500}:[^\s/@]{1,4000}|[^\s/@:]{20,4000})@/i;
/** What GitHub's checkout action writes: `extraheader = AUTHORIZATION: basic …`. */
const HEADER = /^\s{0,20}extraheader\s{0,20}=\s{0,20}"?\s{0,20}authorization\s{0,20}:/i;

export const holdsCredentials = (text: string): boolean =>
  linesOf(text).some((line) => URL_CREDENTIALS.test(line) || HEADER.test(line));

export const isGitConfig = (path: string): boolean => path === '.git/config' || path.endsWith('/.git/config');
