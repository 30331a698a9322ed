/** Cuts a stream of bytes into lines as it comes, and never keeps more of one than the longest may have. */

/** A line without its end; or that it was too long to be kept. `number` counts from 1. */
export type Line =
  | { readonly number: number; readonly bytes: Buffer }
  | { readonly number: number; readonly isTooLong: true };

export interface LineSplitter {
  /** The lines that end in this piece. */
  readonly push: (piece: Buffer) => readonly Line[];
  /** The last line, where the stream did not end with a line end. */
  readonly end: () => readonly Line[];
}

const LINE_END = 0x0a;

/** `longest`: in bytes. */
export const createLineSplitter = (longest: number): LineSplitter => {
  let number = 1;
  let held: Buffer[] = [];
  let size = 0;

  const hold = (bytes: Buffer): void => {
    size += bytes.length;
    if (size > longest) held = [];
    else held.push(bytes);
  };
  const take = (): Line => {
    const line: Line = size > longest ? { number, isTooLong: true } : { number, bytes: Buffer.concat(held) };
    number += 1;
    held = [];
    size = 0;
    return line;
  };

  return {
    push: (piece) => {
      const lines: Line[] = [];
      let start = 0;
      for (let end = piece.indexOf(LINE_END); end !== -1; end = piece.indexOf(LINE_END, start)) {
        hold(piece.subarray(start, end));
        lines.push(take());
        start = end + 1;
      }
      if (start < piece.length) hold(piece.subarray(start));
      return lines;
    },
    end: () => (size > 0 ? [take()] : []),
  };
};
