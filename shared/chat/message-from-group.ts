/** The findings of a group as one message: what to change, the worst of them, where it runs. */
import type { AlertSubject, GroupedFinding } from '../alerts/alert-group.ts';
import { shortDigest } from '../image/digest.ts';
import { imageUri } from '../image/image-reference.ts';
import { outcomeName } from '../priority/band.ts';
import { OUTCOMES } from '../priority/decision.ts';
import { missingFact } from '../priority/unknowns.ts';
import { isWorse, worstOutcome } from '../priority/worst-outcome.ts';
import type { ChatChange, ChatFinding, ChatMessage } from './message.ts';

const TOLD = 3;

/** Undefined when nothing of the group is active. The order of the findings does not matter. */
export const messageFromGroup = (findings: readonly GroupedFinding[]): ChatMessage | undefined => {
  const active = findings.filter(({ status }) => status === 'active').toSorted(worstFirst);
  const worst = worstOutcome(active.map(({ outcome }) => outcome));
  const newest = active.toSorted(newestFirst)[0];
  if (!worst || !newest) return undefined;
  const vulnerabilities = active.filter(({ kind }) => kind === 'vulnerability');
  const where = active.toSorted(newestFirst).find(({ runsIn }) => runsIn !== undefined);
  const count = `${active.length} ${active.length === 1 ? 'finding' : 'findings'}`;
  return {
    title: `${outcomeName(worst)} · ${subjectName(newestSubject(active, newest))} · ${count}`,
    worst,
    subject: subjectPlace(newestSubject(active, newest)),
    counts: {
      act: countOf(active, 'act'),
      attend: countOf(active, 'attend'),
      'track*': countOf(active, 'track*'),
      track: countOf(active, 'track'),
    },
    closedCount: findings.length - active.length,
    changes: changesOf(vulnerabilities).slice(0, TOLD),
    vulnerabilityCount: vulnerabilities.length,
    findings: active.slice(0, TOLD).map(told),
    moreCount: Math.max(0, active.length - TOLD),
    ...(where?.runsIn && { runsIn: where.runsIn }),
    remainingBarriers: where?.remainingBarriers ?? [],
    unknowns: unknownsOf(active).slice(0, TOLD),
  };
};

/** Worst outcome, then highest score; the name and key only make the order the same every time. */
const worstFirst = (left: GroupedFinding, right: GroupedFinding): number =>
  OUTCOMES.indexOf(right.outcome) - OUTCOMES.indexOf(left.outcome) ||
  right.score - left.score ||
  compare(left.name, right.name) ||
  compare(left.key, right.key);

const newestFirst = (left: GroupedFinding, right: GroupedFinding): number =>
  compare(right.observedAt, left.observedAt) || compare(left.key, right.key);

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const countOf = (findings: readonly GroupedFinding[], wanted: GroupedFinding['outcome']): number =>
  findings.filter(({ outcome }) => outcome === wanted).length;

/** A group's image is named best by its tags, then by its digest; only a group without an image is its workload. */
const newestSubject = (active: readonly GroupedFinding[], newest: GroupedFinding): AlertSubject => {
  const images = active.toSorted(newestFirst).flatMap(({ subject }) => (subject.kind === 'workload' ? [] : [subject]));
  return images.find(({ tags }) => tags.length > 0) ?? images[0] ?? newest.subject;
};

const subjectName = (subject: AlertSubject): string => {
  if (subject.kind === 'workload') return subject.name;
  const [tag] = subject.tags;
  if (subject.kind === 'unknown-image') {
    const { repository, name } = subject;
    return repository && tag ? `${repository}:${tag}` : (repository ?? name);
  }
  const { repository, digest } = subject.image;
  return tag ? `${repository}:${tag}` : `${repository}@${shortDigest(digest)}`;
};

const subjectPlace = (subject: AlertSubject): string =>
  subject.kind === 'image' ? imageUri(subject.image) : `${subject.account} ${subject.region} ${subject.name}`;

/** Most findings first, then the order of the Dockerfile. */
const changesOf = (vulnerabilities: readonly GroupedFinding[]): readonly ChatChange[] =>
  [...Map.groupBy(vulnerabilities, ({ instruction }) => JSON.stringify(instruction ?? null)).values()]
    .flatMap((brought): readonly ChatChange[] => {
      const instruction = brought[0]?.instruction;
      if (!instruction) return [];
      const packages = [...new Set(brought.flatMap((finding) => finding.packages))];
      return [{ ...instruction, brings: brought.length, packages }];
    })
    .toSorted((left, right) => right.brings - left.brings || left.position - right.position);

/** One text for each missing fact: that of the worst finding that misses it. */
const unknownsOf = (active: readonly GroupedFinding[]): readonly string[] =>
  [
    ...Map.groupBy(
      active.flatMap(({ unknowns = [] }) => unknowns),
      missingFact,
    ).values(),
  ].flatMap(([first]) => first ?? []);

const told = ({
  outcome,
  kind,
  name,
  title,
  packages,
  images,
  dueInDays,
  instruction,
  reason,
  sample,
}: GroupedFinding): ChatFinding => ({
  outcome,
  name,
  ...(kind === 'threat' && { title }),
  packages,
  images: images ?? [],
  ...(dueInDays !== undefined && isWorse(outcome, 'track*') && { dueInDays }),
  ...(instruction && { instruction: instruction.position }),
  reason,
  sample,
});
