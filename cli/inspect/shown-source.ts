/** A source as it may be shown: what stands before the @ of a login may be its password. */

/** Before an @ that no digest follows nothing is kept, also where it is part of a path. */
export const shownSource = (source: string): string => source.slice(afterLogin(source));

const afterLogin = (source: string): number => {
  let start = 0;
  for (let at = source.indexOf('@'); at >= 0; at = source.indexOf('@', at + 1))
    if (!source.startsWith('sha256:', at + 1)) start = at + 1;
  return start;
};
