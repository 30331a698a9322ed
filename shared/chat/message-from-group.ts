/** The findings of a group as one message: what to change, the worst of them, where it runs. */
import { alertContent } from '../alerts/alert-content.ts';
import type { GroupedFinding } from '../alerts/alert-group.ts';
import { type GroupedFix, type GroupedPackage, groupFixes, unremoved } from '../alerts/group-fixes.ts';
import { isMentioned, isTold } from '../alerts/told.ts';
import { newestFirst, worstFirst } from '../alerts/worst-first.ts';
import { outcomeName } from '../priority/band.ts';
import type { RecommendedFix } from '../priority/recommended-fix.ts';
import { missingFact } from '../priority/unknowns.ts';
import { failedRules } from './failed-rules.ts';
import type { ChatChange, ChatFinding, ChatMessage } from './message.ts';
import { namedFindings } from './named-findings.ts';
import { subjectName, subjectOf, subjectPlace } from './subject-text.ts';

const TOLD = 3;

/**
 * Undefined when nothing of the group is to be told. What is active and not told is counted, and what changes it, but
 * not named. The order of the findings does not matter.
 */
export const messageFromGroup = (findings: readonly GroupedFinding[]): ChatMessage | undefined => {
  const active = findings.filter(({ status }) => status === 'active').toSorted(worstFirst);
  const told = active.filter(isTold);
  const named = namedFindings(told, TOLD);
  const rules = failedRules(active);
  const { worst } = alertContent(told);
  const subject = subjectOf(active);
  if (!worst || !subject) return undefined;
  const changes = groupFixes(active);
  const where = active.toSorted(newestFirst).find(({ runsIn }) => runsIn !== undefined);
  const count = `${active.length} ${active.length === 1 ? 'finding' : 'findings'}`;
  return {
    title: `${outcomeName(worst)} · ${subjectName(subject)} · ${count}`,
    worst,
    mention: active.some(isMentioned),
    subject: subjectPlace(subject),
    counts: {
      act: countOf(active, 'act'),
      attend: countOf(active, 'attend'),
      'track*': countOf(active, 'track*'),
      track: countOf(active, 'track'),
    },
    suppressedCount: findings.filter(({ status }) => status === 'suppressed').length,
    closedCount: findings.filter(({ status }) => status === 'closed').length,
    changes: changes.slice(0, TOLD).map(changeFrom),
    moreChanges: summary(changes.slice(TOLD)),
    unremoved: unremoved(active),
    vulnerabilityCount: active.filter(({ kind }) => kind === 'vulnerability').length,
    findings: named.map(findingFrom),
    moreCount: active.filter((finding) => finding.kind !== 'image-issue' && !named.includes(finding)).length,
    ...(rules && { rules }),
    ...(where?.runsIn && { runsIn: where.runsIn }),
    runsInMore: where?.runsInMore ?? 0,
    remainingBarriers: where?.remainingBarriers ?? [],
    unknowns: unknownsOf(told).slice(0, TOLD),
  };
};

const countOf = (findings: readonly GroupedFinding[], wanted: GroupedFinding['outcome']): number =>
  findings.filter(({ outcome }) => outcome === wanted).length;

const changeFrom = ({ kind, instruction, removes, packages }: GroupedFix): ChatChange => ({
  kind,
  ...(instruction && { instruction }),
  removes,
  packages: packages.map(packageText),
});

/** `openssl 3.0.11 → 3.0.13, 3.0.15`. */
const packageText = ({ name, installed, fixed }: GroupedPackage): string =>
  `${name} ${installed} → ${fixed.join(', ')}`;

const summary = (changes: readonly GroupedFix[]): ChatMessage['moreChanges'] => ({
  count: changes.length,
  removes: changes.reduce((sum, { removes }) => sum + removes, 0),
});

/** One text for each missing fact: that of the worst finding that misses it. */
const unknownsOf = (told: readonly GroupedFinding[]): readonly string[] =>
  [
    ...Map.groupBy(
      told.flatMap(({ unknowns = [] }) => unknowns),
      missingFact,
    ).values(),
  ].flatMap(([first]) => first ?? []);

const findingFrom = (finding: GroupedFinding): ChatFinding => {
  const { key, outcome, kind, name, title, seen, platform, packages, images, dueOn, fix, reason, worst, sample } =
    finding;
  const instruction = fix ? fix.instruction : finding.instruction;
  return {
    key,
    outcome,
    name,
    ...(kind !== 'vulnerability' && { title }),
    ...(seen && { seen }),
    ...(platform && { platform }),
    ...(fix && 'text' in fix && { change: changeText(fix) }),
    packages,
    images: images ?? [],
    ...(dueOn !== undefined && { dueOn }),
    ...(instruction && { instruction: instruction.position }),
    reason,
    ...(worst && { worst }),
    sample,
  };
};

/** The base image's own defects stay when it is only newer. */
const changeText = ({ kind, text }: Extract<RecommendedFix, { readonly text: string }>): string =>
  kind === 'change-base'
    ? `The base image brought it: use one without it, or undo it in your own Dockerfile. ${text}`
    : text;
