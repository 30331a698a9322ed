/** UTF-16 with a byte order mark, as PowerShell and Windows' editors write it, made one byte a character. */

/** Works on `added` bytes at `start` of a window, in place, piece after piece of one file; returns how many are left. */
export const createNarrowing = (): ((window: Buffer, start: number, added: number) => number) => {
  let seen = 0;
  let first = 0;
  /** The parity of the offsets whose bytes are kept: the low ones. */
  let kept: 0 | 1 | undefined;
  return (window, start, added) => {
    if (added === 0) return 0;
    if (seen === 0) first = window[start] ?? 0;
    if (seen < 2 && seen + added >= 2) {
      const second = window[start + 1 - seen] ?? 0;
      if (first === 0xff && second === 0xfe) kept = 0;
      if (first === 0xfe && second === 0xff) kept = 1;
    }
    const begin = seen;
    seen += added;
    if (kept === undefined) return added;
    let left = 0;
    for (let index = 0; index < added; index += 1)
      if ((begin + index) % 2 === kept) {
        window[start + left] = window[start + index] ?? 0;
        left += 1;
      }
    return left;
  };
};
