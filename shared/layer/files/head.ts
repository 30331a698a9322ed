/** A sink for the beginning of a text file. */
import type { ContentSink } from '../layer-reader.ts';

/**
 * Hands over the whole text, or the whole lines among its first `limit` bytes with `cut` true. Not called where the
 * scan itself was cut short: what is missing then could be anything.
 */
export const headOf = (limit: number, done: (text: string, cut: boolean) => void): ContentSink => {
  const chunks: Buffer[] = [];
  let kept = 0;
  let bytes = 0;
  return {
    write: (chunk) => {
      bytes += chunk.length;
      const wanted = chunk.subarray(0, limit - kept);
      if (wanted.length === 0) return;
      chunks.push(Buffer.from(wanted));
      kept += wanted.length;
    },
    end: (whole) => {
      if (!whole) return;
      const text = Buffer.concat(chunks).toString('utf8');
      done(bytes > limit ? text.slice(0, text.lastIndexOf('\n') + 1) : text, bytes > limit);
    },
  };
};

/** Without line ends; a last line that is empty is none. */
export const linesOf = (text: string): readonly string[] => {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};
