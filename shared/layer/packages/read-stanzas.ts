/** Databases of dpkg and apk: stanzas of `Field:value` lines with an empty line behind each. Read as they stream by. */
import type { ContentSink } from '../layer-reader.ts';

export type Stanza = ReadonlyMap<string, string>;

/** What is wanted of a line is shorter; of a longer one, a list of dependencies or files, the beginning is looked at. */
const LONGEST_LINE = 2_048;
const NEWLINE = 0x0a;

/** `found` gets every stanza with those of its `fields` that it has, trimmed; `end`, whether that was all of the file. */
export const readStanzas = (
  fields: readonly string[],
  found: (stanza: Stanza) => void,
  end: (whole: boolean) => void,
): ContentSink => {
  const begun = Buffer.allocUnsafe(LONGEST_LINE);
  let held = 0;
  let stanza = new Map<string, string>();

  const finish = (): void => {
    if (stanza.size > 0) found(stanza);
    stanza = new Map();
  };
  const hold = (piece: Buffer): void => {
    held += piece.copy(begun, held);
  };
  const takeLine = (): void => {
    const line = begun.toString('utf8', 0, held);
    held = 0;
    if (line === '') finish();
    const colon = line.indexOf(':');
    const field = line.slice(0, colon);
    if (fields.includes(field) && !stanza.has(field)) stanza.set(field, line.slice(colon + 1).trim());
  };
  return {
    write: (chunk) => {
      let start = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
        hold(chunk.subarray(start, at));
        takeLine();
        start = at + 1;
      }
      hold(chunk.subarray(start));
    },
    end: (whole) => {
      takeLine();
      finish();
      end(whole);
    },
  };
};
