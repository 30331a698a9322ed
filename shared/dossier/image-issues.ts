/** The findings out of an inspection: one for each rule that fails, and one that closes what a push has mended. */
import { createHash } from 'node:crypto';
import type { Instruction } from '../dockerfile/instruction.ts';
import type { ImageIssue } from '../finding/finding.ts';
import { imageIssueKey, imageIssueSourceId } from '../finding/image-issue-key.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { Inspection, RuleVerdict } from './inspection.ts';
import type { IssueEntry } from './issue-entry.ts';
import { ruleById } from './rules/rule-by-id.ts';

export interface InspectedPush {
  readonly image: ImageReference;
  /** Absent: pushed by digest. */
  readonly tag?: string;
  readonly platform: string;
  readonly pushedAt: string;
  readonly instructions: readonly Instruction[];
  readonly verdicts: Inspection['verdicts'];
}

export interface ImageIssues {
  readonly issues: readonly ImageIssue[];
  /** To be kept before the findings are sent, and after it with what was handed over: sent again, they are the same. */
  readonly entry: IssueEntry;
}

/** A finding travels with a few of what a rule saw; the dossier has more. */
const EVIDENCE_KEPT = 10;

/**
 * `before`: what was kept of the tag, undefined for a new one; `now`: ISO 8601 in UTC with milliseconds.
 * What is unknown leaves an earlier finding as it was: a scan that was cut short mends nothing. INFO is no finding.
 */
export const imageIssues = (push: InspectedPush, before: IssueEntry | undefined, now: string): ImageIssues => {
  const remembered = new Map((before?.rules ?? []).map((one) => [one.rule, one]));
  const issues: ImageIssue[] = [];
  for (const verdict of push.verdicts) {
    const earlier = remembered.get(verdict.rule);
    const open = verdict.verdict === 'fail' && verdict.severity !== 'INFO';
    if (verdict.verdict === 'unknown' || (!open && earlier === undefined)) continue;
    // What passes has no severity of its own.
    const { severity, confirmed } = open || earlier === undefined ? verdict : earlier;
    const draft = issueFrom(push, { ...verdict, severity, confirmed }, open ? 'active' : 'closed');
    const content = contentOf(draft);
    const isSame = earlier !== undefined && earlier.content === content;
    // Closed by an earlier push, and still.
    if (!open && earlier?.open === false && earlier.handedOver && !isSame) continue;
    const firstObservedAt = earlier?.firstObservedAt ?? push.pushedAt;
    const updatedAt = isSame ? earlier.updatedAt : later(now, earlier?.updatedAt);
    issues.push({ ...draft, firstObservedAt, lastObservedAt: updatedAt, updatedAt });
    remembered.set(verdict.rule, {
      rule: verdict.rule,
      open,
      severity,
      confirmed,
      firstObservedAt,
      updatedAt,
      content,
      handedOver: isSame && earlier.handedOver,
    });
  }
  const rules = [...remembered.values()].toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
  return { issues, entry: { pushedAt: push.pushedAt, digest: push.image.digest, rules } };
};

type Draft = Omit<ImageIssue, 'firstObservedAt' | 'lastObservedAt' | 'updatedAt'>;

const issueFrom = (
  { image, tag, platform, instructions }: InspectedPush,
  verdict: RuleVerdict,
  status: ImageIssue['status'],
): Draft => {
  const { title, rationale, remediation, references } = ruleById(verdict.rule);
  const identity = { ...image, ...(tag !== undefined && { tag }), platform, rule: verdict.rule };
  const at = verdict.evidence.find(({ instruction }) => instruction !== undefined)?.instruction;
  const instruction = at === undefined ? undefined : instructions[at];
  const evidence = verdict.evidence.slice(0, EVIDENCE_KEPT);
  return {
    kind: 'image-issue',
    key: imageIssueKey(identity),
    source: 'sekisho',
    sourceId: imageIssueSourceId(identity),
    image: { known: true, value: image },
    tags: tag === undefined ? [] : [tag],
    platform,
    status,
    rule: verdict.rule,
    ruleClass: verdict.class,
    severity: verdict.severity,
    confirmed: verdict.confirmed,
    origin: verdict.origin,
    title,
    description: rationale,
    remediation,
    evidence,
    evidenceLeftOut: verdict.evidenceLeftOut + verdict.evidence.length - evidence.length,
    ...(instruction && {
      instruction: {
        position: instruction.position,
        text: instruction.text,
        origin: instruction.origin,
        ...(instruction.line !== undefined && { line: instruction.line }),
      },
    }),
    nist: references.nist,
    cis: references.cis,
    resourceTags: {},
  };
};

const contentOf = (draft: Draft): string =>
  createHash('sha256').update(JSON.stringify(draft)).digest('hex').slice(0, 32);

/** Security Hub takes an update only if its time rises. */
const later = (now: string, before: string | undefined): string =>
  before === undefined || before < now ? now : new Date(Date.parse(before) + 1).toISOString();
