/** The config's `User`: a name or a number, perhaps with a group behind a colon. */

/** uids and gids are 32 bits wide, and runtimes read them as signed numbers. */
export const MAX_ID = 2_147_483_647;

/** What stands before the colon; empty: the runtime's default, which is root. */
export const userPartOf = (user: string): string => user.split(':', 1)[0] ?? '';

export const isNumeric = (part: string): boolean => /^[+-]?\d+$/.test(part);

/** A number that runtimes take for a uid; a larger one was taken for a name by some. */
export const isUid = (part: string): boolean => isNumeric(part) && Math.abs(Number(part)) <= MAX_ID;

/** Root whatever the image's accounts are: `''`, `root`, `0`, `00`. */
export const isRoot = (part: string): boolean =>
  part === '' || part === 'root' || (isNumeric(part) && Number(part) === 0);
