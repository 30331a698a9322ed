/** One line of the input, and the line that is printed in its place. */
import { isUtf8 } from 'node:buffer';
import { type CaseDecision, type CaseId, caseId, decideCase } from './decide-case.ts';
import type { Line } from './split-lines.ts';

export type Answer = CaseDecision | { readonly id: CaseId; readonly error: string };

/** In bytes; a case has some hundreds. */
export const LONGEST_LINE = 1_048_576;

/** Nothing for an empty line. Never throws, and no error quotes a line that is not JSON: it may hold a secret. */
export const answerLine = (line: Line): Answer | undefined => {
  const refused = (reason: string, id: CaseId = null): Answer => ({ id, error: `line ${line.number}: ${reason}` });
  if ('isTooLong' in line) return refused('it is longer than 1 MB, the most that is read');
  if (!isUtf8(line.bytes)) return refused('it is not UTF-8 text');
  const text = line.bytes.toString().replace(/^\uFEFF/, '');
  if (text.trim() === '') return undefined;
  const parsed = parse(text);
  if (parsed === undefined) return refused('it is not JSON (one case a line was expected)');
  const decided = decideCase(parsed.value);
  return decided.ok ? decided.value : refused(decided.error, caseId(parsed.value));
};

const parse = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};
