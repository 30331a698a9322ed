/** A kept decision as text for people: what was decided, why, and from what. */
import type { ExplainedFinding } from '../../shared/alerts/explained-finding.ts';
import { BANDS, outcomeName } from '../../shared/priority/band.ts';
import { factorBars } from './factor-bars.ts';
import { fixText, packageText } from './fix-text.ts';
import { issueLines } from './issue-lines.ts';
import { barrierLines, pointLines, policyLines, ruleLines } from './render-parts.ts';
import { heading, labelled, paragraph, WIDTH, wrapped } from './text-layout.ts';

/** Lines of at most 96 columns but for longer words, which stay whole; without colours. */
export const renderExplained = (explained: ExplainedFinding): string => {
  const { decision } = explained;
  const { due } = decision;
  return [
    ...headLines(explained),
    ...heading('Why'),
    ...paragraph(decision.reason),
    ...heading('What went in'),
    ...pointLines(decision),
    ...heading('Rules'),
    ...ruleLines(explained),
    ...heading('Points'),
    ...factorBars(explained),
    ...scoreLines(explained),
    ...heading('Not known'),
    ...listLines(decision.unknowns, 'nothing that counts'),
    ...worstLines(decision),
    ...heading('Between the container and its host'),
    ...barrierLines(explained.isolation),
    ...heading('Due'),
    ...paragraph(`${due.on === undefined ? '' : `${due.on}: `}${due.because}`),
    ...(decision.bod2604 === undefined ? [] : paragraph(`CISA BOD 26-04 would say: ${decision.bod2604}`)),
    ...heading('Fix'),
    ...paragraph(fixText(decision.fix)),
    ...heading('Standards'),
    ...listLines(
      decision.references.map(({ standard, id, title }) => `${standard} ${id} ${title}`),
      'no clause is known to be about it',
    ),
    ...heading('Policy'),
    ...policyLines(explained),
    ...heading('Times'),
    ...labelled('observed', `first at ${explained.firstObservedAt}`),
    ...labelled('changed', `last at ${explained.updatedAt}, by its source`),
    ...(explained.decidedAt === undefined ? [] : labelled('decided', `at ${explained.decidedAt}`)),
    '',
  ].join('\n');
};

const KIND_TEXT = {
  vulnerability: 'vulnerability',
  threat: 'threat',
  'image-issue': 'image rule',
} as const satisfies Record<ExplainedFinding['kind'], string>;

const headLines = (explained: ExplainedFinding): readonly string[] => {
  const { title, decision, key, status, name, kind, sample, subject, packages, packagesLeftOut } = explained;
  const { low, high, name: outcome } = BANDS[decision.outcome];
  const more = packagesLeftOut > 0 ? [`and ${packagesLeftOut} more`] : [];
  return [
    ...wrapped(`${sample ? '[sample] ' : ''}${title}`, WIDTH),
    `${outcome.toUpperCase()} ${decision.score} · ${decision.label} (${outcome} is ${low} to ${high})`,
    '',
    ...labelled('finding', `${key}, ${status} at its source`),
    ...labelled(KIND_TEXT[kind], name),
    ...labelled('source', explained.sourceId),
    ...labelled(subject.kind === 'workload' ? 'workload' : 'image', subject.name),
    ...(subject.tags.length > 0 ? labelled('tags', subject.tags.join(', ')) : []),
    ...labelled('runs in', workloadsText(explained)),
    ...issueLines(explained),
    ...[...packages.map(packageText), ...more].flatMap((text, index) => labelled(index === 0 ? 'packages' : '', text)),
  ];
};

const workloadsText = ({ workloads, workloadsLeftOut = 0 }: ExplainedFinding): string => {
  if (!workloads.known) return `not known: ${workloads.reason}`;
  const more = workloadsLeftOut > 0 ? ` and ${workloadsLeftOut} more` : '';
  return `${workloads.value.join(', ')}${more}`.trim() || 'no workload is known to run it';
};

const scoreLines = ({ decision }: ExplainedFinding): readonly string[] => {
  const { outcome, raw, score } = decision;
  const { low, high, name } = BANDS[outcome];
  return paragraph(
    `together ${raw} of 100. ${name} has the scores ${low} to ${high}: ${raw} % of the way is ${score}.`,
  );
};

const worstLines = ({ worst, outcome, unknowns }: ExplainedFinding['decision']): readonly string[] => {
  if (worst) return paragraph(`At worst it would be ${outcomeName(worst.outcome)}: if ${worst.if}.`);
  return unknowns.length === 0 || outcome === 'act'
    ? []
    : paragraph(`Whatever it is, it would not be worse than ${outcomeName(outcome)}.`);
};

const listLines = (texts: readonly string[], none: string): readonly string[] =>
  texts.length === 0 ? paragraph(none) : texts.flatMap((text) => paragraph(text, '- '));
