/** One line of the input, and the line that is printed in its place. */
import { isUtf8 } from 'node:buffer';
import { type CaseDecision, type CaseId, caseId, decideCase } from './decide-case.ts';
import type { Line } from './split-lines.ts';
import { type UnknownMember, unknownMembers } from './unknown-members.ts';

export type Answer = CaseDecision | { readonly id: CaseId; readonly error: string };

export interface AnsweredLine {
  readonly answer: Answer;
  /** What of its input did not count. */
  readonly unknown: readonly UnknownMember[];
}

/** In bytes; a case has some hundreds. */
export const LONGEST_LINE = 1_048_576;

/** Nothing for an empty line. Never throws, and no error quotes a line that is not JSON: it may hold a secret. */
export const answerLine = (line: Line): AnsweredLine | undefined => {
  const refused = (reason: string): AnsweredLine => ({ answer: refusal(line, reason), unknown: [] });
  if ('isTooLong' in line) return refused('it is longer than 1 MB, the most that is read');
  if (!isUtf8(line.bytes)) return refused('it is not UTF-8 text');
  const text = line.bytes.toString().replace(/^\uFEFF/, '');
  if (text.trim() === '') return undefined;
  const parsed = parse(text);
  if (parsed === undefined) return refused('it is not JSON (one case a line was expected)');
  const decided = decideCase(parsed.value);
  return {
    answer: decided.ok ? decided.value : refusal(line, decided.error, caseId(parsed.value)),
    unknown: unknownMembers(parsed.value),
  };
};

const refusal = ({ number }: Line, reason: string, id: CaseId = null): Answer => ({
  id,
  error: `line ${number}: ${reason}`,
});

const parse = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};
