/** What desktops, editors and shells leave in passing. */
import { isRegular, type Look } from './sighting.ts';
import { isThirdParty } from './third-party-directories.ts';

const NAMES = new Set([
  '.DS_Store',
  'Thumbs.db',
  'desktop.ini',
  '.vimrc',
  '.viminfo',
  '.lesshst',
  '.wget-hsts',
  '.bash_history',
  '.zsh_history',
  '.python_history',
  'npm-debug.log',
]);
const ENDING = /(?:\.sw[op]|~)$/;

export const clutter: Look = ({ entry, base }) =>
  (NAMES.has(base) || ENDING.test(base)) && isRegular(entry) && !isThirdParty(entry.path)
    ? { kind: 'clutter' }
    : undefined;
