/** What an inspection found, for a terminal: the failing rules, the secrets, and what could not be answered. */
import type { Instruction } from '../dockerfile/instruction.ts';
import type { RuleVerdict } from '../dossier/inspection.ts';
import type { Evidence, Origin } from '../rules/rule.ts';
import type { InspectedPlatform } from './inspected-reference.ts';
import { ruleAbout } from './rule-about.ts';
import { bySeverity } from './severity-order.ts';
import { shownText } from './shown-text.ts';
import { coloured, countText, layerText, type TextStyle, wrappedLines } from './text-style.ts';

/** The user's own come first: those are theirs to mend. */
const GROUPS: readonly (readonly [Origin, string])[] = [
  ['app', 'Failing rules, your own'],
  ['unknown', 'Failing rules, of unknown origin'],
  ['base', 'Failing rules, the base image’s'],
];
const SHOWN_EVIDENCE = 3;
const LABEL = 17;

export const failureLines = ({ inspection, instructions }: InspectedPlatform, style: TextStyle): readonly string[] => {
  const failing = bySeverity(inspection.verdicts.filter(({ verdict }) => verdict === 'fail'));
  return GROUPS.flatMap(([origin, title]) => {
    const group = failing.filter((failure) => failure.origin === origin);
    return group.length === 0
      ? []
      : ['', title, ...group.flatMap((failure) => oneFailure(failure, instructions, style))];
  });
};

const oneFailure = (
  failure: RuleVerdict,
  instructions: readonly Instruction[],
  style: TextStyle,
): readonly string[] => {
  const { rule, severity, evidence, evidenceLeftOut } = failure;
  const head = headLines(failure, style);
  if (severity === 'INFO') return head;
  const about = ruleAbout(rule);
  const indent = ' '.repeat(LABEL + 2);
  const more = Math.max(evidence.length - SHOWN_EVIDENCE, 0) + evidenceLeftOut;
  return [
    ...head,
    ...evidence
      .slice(0, SHOWN_EVIDENCE)
      .flatMap((one) => wrappedLines(`${indent}- `, evidenceText(one, instructions), style)),
    ...(more > 0 ? [`${indent}- and ${more} more`] : []),
    ...(about ? wrappedLines(`${indent}> `, about.remediation, style) : []),
  ];
};

/** Of what is only worth knowing, all there is to tell: how often it was seen, and no more lines. */
const headLines = (failure: RuleVerdict, style: TextStyle): readonly string[] => {
  const { rule, severity, evidence, evidenceLeftOut, confirmed } = failure;
  const notes = [
    ...(confirmed ? [] : ['a guess']),
    ...(severity === 'INFO' ? [`${evidence.length + evidenceLeftOut} seen`] : []),
  ];
  const title = `${ruleAbout(rule)?.title ?? ''}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
  const label = severity.padEnd(8);
  const [first = '', ...rest] = wrappedLines(`  ${label} ${rule} `, title, style);
  return [`  ${coloured(label, severity, style)}${first.slice(2 + label.length)}`, ...rest];
};

const INSTRUCTION = 32;

/** `srv has mode 0777 (instruction 5: RUN chmod -R 777 /srv)`; what quotes its instruction already has the number alone. */
const evidenceText = ({ text, instruction: index }: Evidence, instructions: readonly Instruction[]): string => {
  const shown = shownText(text);
  const instruction = index === undefined ? undefined : instructions[index];
  if (instruction === undefined) return shown;
  const { position, keyword } = instruction;
  const quoted = shown.startsWith(`${keyword} `) ? '' : `: ${shownText(instruction.text, INSTRUCTION)}`;
  return `${shown} (instruction ${position}${quoted})`;
};

const SHOWN_SECRETS = 50;

export const secretLines = ({ inspection: { secrets } }: InspectedPlatform): readonly string[] => {
  if (secrets.length === 0) return [];
  return [
    '',
    'Secrets (their values are never shown)',
    ...secrets.slice(0, SHOWN_SECRETS).map(({ kind, path, layer, deletedBy }) => {
      const fate = deletedBy === undefined ? '' : `, deleted by ${layerText(deletedBy)} but recoverable`;
      // On one line however long it is: in the log of a build the path is what is looked for and copied.
      return `  ${kind} in ${layerText(layer)}${fate}: ${shownText(path)}`;
    }),
    ...(secrets.length > SHOWN_SECRETS ? [`  and ${secrets.length - SHOWN_SECRETS} more`] : []),
  ];
};

export const tallyLines = ({ inspection: { verdicts } }: InspectedPlatform, style: TextStyle): readonly string[] => {
  const count = (wanted: RuleVerdict['verdict']): number => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const reasons = Map.groupBy(
    verdicts.filter(({ verdict }) => verdict === 'unknown'),
    ({ because }) => because ?? 'nothing says why',
  );
  const numbers = `${count('fail')} failed, ${count('pass')} passed, ${count('unknown')} unknown, ${count('not-applicable')} not applicable`;
  return [
    '',
    `${countText(verdicts.length, 'rule')}: ${numbers}`,
    ...[...reasons].flatMap(([because, of]) =>
      wrappedLines('  ', `unknown: ${shownText(because)} (${of.map(({ rule }) => rule).join(', ')})`, style),
    ),
  ];
};
