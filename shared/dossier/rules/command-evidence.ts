/** Quotes of instructions: the offending command alone, and nothing that the instruction itself would not show. */
import { clipText } from '../../base/clip-text.ts';
import { redactText } from '../../base/redaction.ts';
import type { Evidence, Verdict } from '../../rules/rule.ts';
import type { BuildStep, InspectedImage } from '../inspected-image.ts';
import { type failOrPass, failOrPassBySteps, stepEvidence, unknownBecause } from './image-rule.ts';
import type { ShellCommand } from './shell-command.ts';
import { commandsOf, isUnreadable } from './shell-commands.ts';

/** Nobody needs more of a command to find it again. */
const MAX_QUOTE = 200;
/** Of one instruction: more say nothing new, and each is looked up in the whole of it. */
const MAX_QUOTES = 20;

/** The parts of one instruction that make one quote, `a | b`. */
export interface Quote {
  readonly parts: readonly string[];
  /** What stands between them. */
  readonly between: string;
}

export const quoteOf = (...commands: readonly ShellCommand[]): Quote => ({
  parts: commands.map(({ text }) => text),
  between: ' | ',
});

/**
 * What tells a secret often stands beside it (`| docker login --password-stdin`), so that the whole is redacted and a
 * part is shown only as it stands there.
 */
export const quotedEvidence = (step: BuildStep, quotes: readonly Quote[]): readonly Evidence[] => {
  if (quotes.length === 0) return [];
  const shown = redactText(step.text);
  const asShown = (part: string): string | undefined =>
    [part, redactText(part)].find((candidate) => shown.includes(candidate));
  return quotes.slice(0, MAX_QUOTES).map(({ parts, between }) => {
    const known = parts.flatMap((part) => asShown(part) ?? []);
    const text = known.length < parts.length ? `${step.keyword} …` : known.join(between);
    return stepEvidence(step, clipText(text, MAX_QUOTE));
  });
};

/** Of every RUN step, the commands that `isOffending` says are. */
export const offendingCommands = (
  steps: readonly BuildStep[],
  isOffending: (command: ShellCommand, all: readonly ShellCommand[], at: number) => boolean,
): readonly Evidence[] =>
  steps.flatMap((step) => {
    const commands = commandsOf(step);
    const found = commands.filter((command, at) => isOffending(command, commands, at));
    return quotedEvidence(
      step,
      found.map((command) => quoteOf(command)),
    );
  });

/** Of a rule about commands: nothing seen is no answer either where an instruction was too long to be read. */
export const failOrPassByCommands = (
  image: InspectedImage,
  evidence: readonly Evidence[],
  other: Parameters<typeof failOrPass>[1] = {},
): Verdict =>
  evidence.length === 0 && image.steps.some(isUnreadable)
    ? unknownBecause('a RUN instruction is too long to be read')
    : failOrPassBySteps(image, evidence, other);
