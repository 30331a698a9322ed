/** What an inspection found, for a terminal: the failing rules, the secrets, and what could not be answered. */
import type { RuleVerdict } from '../dossier/inspection.ts';
import type { Evidence, Origin } from '../rules/rule.ts';
import type { InspectedPlatform } from './inspected-reference.ts';
import { ruleAbout } from './rule-about.ts';
import { bySeverity } from './severity-order.ts';
import { shownText } from './shown-text.ts';
import { clippedLine, coloured, countText, layerText, type TextStyle, wrappedLines } from './text-style.ts';

/** The user's own come first: those are theirs to mend. */
const GROUPS: readonly (readonly [Origin, string])[] = [
  ['app', 'Failing rules, your own'],
  ['unknown', 'Failing rules, of unknown origin'],
  ['base', 'Failing rules, the base image’s'],
];
const SHOWN_EVIDENCE = 3;
const LABEL = 17;

export const failureLines = ({ inspection }: InspectedPlatform, style: TextStyle): readonly string[] => {
  const failing = bySeverity(inspection.verdicts.filter(({ verdict }) => verdict === 'fail'));
  return GROUPS.flatMap(([origin, title]) => {
    const group = failing.filter((failure) => failure.origin === origin);
    return group.length === 0 ? [] : ['', title, ...group.flatMap((failure) => oneFailure(failure, style))];
  });
};

const oneFailure = (failure: RuleVerdict, style: TextStyle): readonly string[] => {
  const { rule, severity, evidence, evidenceLeftOut, confirmed } = failure;
  const about = ruleAbout(rule);
  const label = severity.padEnd(8);
  const title = `${about?.title ?? ''}${confirmed ? '' : ' (a guess)'}`;
  const head = clippedLine(`  ${label} ${rule} `, title, style);
  const indent = ' '.repeat(LABEL + 2);
  const more = Math.max(evidence.length - SHOWN_EVIDENCE, 0) + evidenceLeftOut;
  return [
    `  ${coloured(label, severity, style)}${head.slice(2 + label.length)}`,
    ...evidence.slice(0, SHOWN_EVIDENCE).flatMap((one) => evidenceLines(`${indent}- `, one, style)),
    ...(more > 0 ? [`${indent}- and ${more} more`] : []),
    ...(about ? wrappedLines(`${indent}> `, about.remediation, style) : []),
  ];
};

/** A path is what one looks for: it is not cut. */
const evidenceLines = (before: string, { text, path }: Evidence, style: TextStyle): readonly string[] =>
  path === undefined ? [clippedLine(before, shownText(text), style)] : wrappedLines(before, shownText(text), style);

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
    ...[...reasons].map(([because, of]) =>
      clippedLine('  ', `unknown: ${shownText(because)} (${of.map(({ rule }) => rule).join(', ')})`, style),
    ),
  ];
};
