/** What ADD and COPY name: their options, their sources and where those go. */
import type { BuildStep } from '../inspected-image.ts';

export interface Copied {
  /** `--chown=1:1`. */
  readonly options: readonly string[];
  readonly sources: readonly string[];
  readonly destination: string;
}

export const copiedBy = ({ keyword, text }: BuildStep): Copied => {
  const rest = text.slice(keyword.length).trim();
  const options: string[] = [];
  let paths = rest;
  for (let match = /^--\S+\s+/.exec(paths); match !== null; match = /^--\S+\s+/.exec(paths)) {
    options.push(match[0].trim());
    paths = paths.slice(match[0].length);
  }
  const words = fromJson(paths) ?? paths.split('\n', 1).flatMap((line) => line.split(/\s+/));
  return { options, sources: words.slice(0, -1), destination: words.at(-1) ?? '' };
};

/** `["a file", "/srv/"]`. */
const fromJson = (text: string): readonly string[] | undefined => {
  if (!text.startsWith('[')) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words.map(String) : undefined;
  } catch {
    // A path that begins with a bracket.
    return undefined;
  }
};
