/** Heredocs of a Dockerfile: lines below RUN, COPY and ADD that belong to them up to a marker. */

export interface Heredoc {
  readonly marker: string;
  /** `<<-`: tabs before the marker do not count. */
  readonly tabs: boolean;
}

const WITH_HEREDOCS: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN']);

/** Which heredocs the instruction opens, in their order. `rest`: what follows the keyword. */
export const heredocsOf = (keyword: string, rest: string): readonly Heredoc[] => {
  if (!rest.includes('<<')) return [];
  const [, inner = '', more = ''] = keyword === 'ONBUILD' ? (/^(\S+)\s+(.*)$/s.exec(rest) ?? []) : ['', keyword, rest];
  if (!WITH_HEREDOCS.has(inner.toUpperCase()) || isJsonList(more)) return [];
  return wordsOf(more).flatMap((word) => {
    const [, dash, marker] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
    const name = marker?.replace(/["'\\]/g, '').trim();
    return name ? [{ marker: name, tabs: dash === '-' }] : [];
  });
};

/** Index of the line behind the marker's; undefined: there is no marker. `start`: index of the first line of content. */
export const readHeredoc = (lines: readonly string[], start: number, { marker, tabs }: Heredoc): number | undefined => {
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if ((tabs ? line.replace(/^\t+/, '') : line) === marker) return at + 1;
  }
  return undefined;
};

const isJsonList = (text: string): boolean => /^(?:--\S+\s+)*\[\s*"/.test(text);

/** As a shell splits them: at spaces outside of quotes, which stay in the words. */
const wordsOf = (text: string): readonly string[] =>
  text.match(/(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s\\"']|["'\\](?=\s|$))+|["']/gs) ?? [];
