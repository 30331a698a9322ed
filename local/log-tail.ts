/** The last lines that the functions and the runtime wrote, for who asks why something happened. */

export interface LogTail {
  readonly write: (line: string) => void;
  /** Oldest first. */
  readonly lines: () => readonly string[];
}

const KEPT = 1_000;

/** Passes every line on. */
export const createLogTail = (onLine: (line: string) => void): LogTail => {
  const lines: string[] = [];
  return {
    write: (line) => {
      lines.push(line);
      if (lines.length > KEPT) lines.shift();
      onLine(line);
    },
    lines: () => [...lines],
  };
};
