/** The text of an instruction out of the author's own Dockerfile: whole for checks, and redacted for people. */
import { plainText } from '../base/clip-text.ts';
import { redactText } from '../base/redaction.ts';
import { cut, printableLines } from './from-history.ts';
import { parseDockerfile, type WrittenInstruction } from './parse-dockerfile.ts';
import { REDACTED_WORDING, WHOLE_WORDING, type Wording } from './wording.ts';
import { writtenArguments } from './written-arguments.ts';

/** On one line, its heredocs below. */
export const wholeText = (instruction: WrittenInstruction): string => joinedText(instruction, WHOLE_WORDING);

/**
 * As it stands where nothing in it has to be hidden; else on one line, as a secret that goes on in the next line, or
 * is broken by a comment, is found only there. Printable, and at most 4,000 characters long.
 */
export const shownText = (instruction: WrittenInstruction): string => {
  const source = printableLines(instruction.source);
  const whole = joinedText(instruction, WHOLE_WORDING);
  const joined = joinedText(instruction, REDACTED_WORDING);
  const harmless = joined === whole && redactText(source) === source && isOneInstruction(source);
  return cut(harmless ? source : joined);
};

const joinedText = ({ keyword, rest, heredocs }: WrittenInstruction, wording: Wording): string => {
  if (keyword === 'ENV' || keyword === 'ARG' || keyword === 'LABEL')
    return `${keyword} ${wording.pairs(writtenArguments(keyword, plainText(rest)))}`.trimEnd();
  return wording.text(printableLines(`${plainText(`${keyword} ${rest}`)}\n${heredocs}`));
};

/** Made printable, a line can end where it did not, or be taken for an instruction of its own. */
const isOneInstruction = (source: string): boolean => {
  const parsed = parseDockerfile(`FROM scratch\n${source}`);
  return parsed.known && parsed.value.stages.length === 1 && parsed.value.stages[0]?.instructions.length === 1;
};
