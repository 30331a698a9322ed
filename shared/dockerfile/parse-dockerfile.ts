/** A Dockerfile as BuildKit reads it: its stages, and each instruction with the lines that it stands on. */
import { type Known, known, unknown } from '../base/known.ts';
import { heredocsOf, readHeredoc } from './heredoc.ts';
import { continuedBy, escapeCharacter } from './line-continuation.ts';

export interface WrittenInstruction {
  /** In capitals. */
  readonly keyword: string;
  /** What follows the keyword: continued lines joined, without comments and the content of heredocs. */
  readonly rest: string;
  /** The content of its heredocs with their end markers, as it stands; empty: it has none. */
  readonly heredocs: string;
  /** 1-based, both included. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The lines as they stand. */
  readonly source: string;
}

export interface Stage {
  /** What stands after FROM, variables and all: an image, an earlier stage, or `scratch`. */
  readonly from: string;
  /** After AS, in lower case, as names of stages are compared. */
  readonly name?: string;
  readonly firstLine: number;
  /** Without FROM. */
  readonly instructions: readonly WrittenInstruction[];
}

export interface Dockerfile {
  /** ARG before the first FROM: what the FROM lines may use. */
  readonly globalArguments: readonly WrittenInstruction[];
  readonly stages: readonly Stage[];
}

/** The longest in public have a few thousand lines. */
const MAX_LENGTH = 1024 * 1024;
const MAX_INSTRUCTIONS = 5_000;

/** Unknown, with a clause that says why, for what no builder would have built. */
export const parseDockerfile = (text: string): Known<Dockerfile> => {
  if (text.length > MAX_LENGTH) return unknown('the Dockerfile is longer than 1 MiB');
  const instructions = readInstructions(text.replace(/^\uFEFF/, '').split(/\r?\n/));
  return typeof instructions === 'string' ? unknown(instructions) : stagesOf(instructions);
};

/** The instructions, or why they cannot be read. */
const readInstructions = (lines: readonly string[]): readonly WrittenInstruction[] | string => {
  const mark = escapeCharacter(lines);
  const instructions: WrittenInstruction[] = [];
  for (let next = 0; next < lines.length; ) {
    const start = next;
    const statement = continuedBy(lines, start, mark);
    next = statement.end;
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(statement.text.trim()) ?? [];
    if (word === '') continue;
    const keyword = word.toUpperCase();
    const heredocs: string[] = [];
    for (const heredoc of heredocsOf(keyword, rest)) {
      const end = readHeredoc(lines, next, heredoc);
      if (end === undefined) return `the heredoc of line ${start + 1} has no end`;
      heredocs.push(lines.slice(next, end).join('\n'));
      next = end;
    }
    const source = lines.slice(start, next).join('\n');
    const place = { firstLine: start + 1, lastLine: next };
    instructions.push({ keyword, rest, heredocs: heredocs.join('\n'), ...place, source });
    if (instructions.length > MAX_INSTRUCTIONS) return `the Dockerfile has more than ${MAX_INSTRUCTIONS} instructions`;
  }
  return instructions;
};

const stagesOf = (instructions: readonly WrittenInstruction[]): Known<Dockerfile> => {
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  const globalArguments = instructions.slice(0, starts[0]);
  if (starts.length === 0) return unknown('the Dockerfile has no FROM');
  if (globalArguments.some(({ keyword }) => keyword !== 'ARG'))
    return unknown('the Dockerfile does not begin with FROM');
  const stages = starts.map((start, index) => stageOf(instructions.slice(start, starts[index + 1])));
  return known({ globalArguments, stages });
};

const stageOf = ([from, ...instructions]: readonly WrittenInstruction[]): Stage => {
  const words = (from?.rest ?? '').split(/\s+/).filter((word) => !word.startsWith('--'));
  const [image = '', as = '', name] = words;
  const named = as.toUpperCase() === 'AS' && name !== undefined;
  return {
    from: image,
    ...(named && { name: name.toLowerCase() }),
    firstLine: from?.firstLine ?? 0,
    instructions,
  };
};
