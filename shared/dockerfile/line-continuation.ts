/** Where an instruction of a Dockerfile goes on in the next line. */

/** What the parser directive `# escape=` sets. Directives stand at the top, before any other line. */
export const escapeCharacter = (lines: readonly string[]): string => {
  for (const line of lines) {
    const [, name = '', value] = /^\s*#\s*(syntax|escape|check)\s*=\s*(\S.*)$/i.exec(line) ?? [];
    if (value === undefined) break;
    if (name.toLowerCase() === 'escape' && value.trim() === '`') return '`';
  }
  return '\\';
};

export interface Statement {
  /** The lines joined as a builder joins them: without comments and empty lines in between. May be empty. */
  readonly text: string;
  /** Index of the first line behind it. */
  readonly end: number;
}

/** `start`: index of the statement's first line. */
export const continuedBy = (lines: readonly string[], start: number, mark: string): Statement => {
  const parts: string[] = [];
  let end = start;
  let goesOn = true;
  while (goesOn && end < lines.length) {
    const line = lines[end] ?? '';
    end += 1;
    if (line.trimStart().startsWith('#')) goesOn = parts.length > 0;
    else if (line.trim() !== '' || parts.length === 0) {
      const cut = withoutMark(line, mark);
      parts.push(cut ?? line);
      goesOn = cut !== undefined;
    }
  }
  return { text: parts.join(''), end };
};

/** Undefined: the line is the last. The mark counts at the end, blanks aside, unless it is itself escaped. */
const withoutMark = (line: string, mark: string): string | undefined => {
  let end = line.length;
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end -= 1;
  return line[end - 1] === mark && line[end - 2] !== mark ? line.slice(0, end - 1) : undefined;
};
