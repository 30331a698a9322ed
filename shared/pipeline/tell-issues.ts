/** What the rules say of a push goes on to be decided, and the ledger keeps what is open: so that each is closed once. */
import type { Clock } from '../base/clock.ts';
import { SekishoError } from '../base/errors.ts';
import { unknown } from '../base/known.ts';
import type { ImageDossier } from '../dossier/dossier.ts';
import { type ImageIssues, imageIssues } from '../dossier/image-issues.ts';
import type { RuleVerdict } from '../dossier/inspection.ts';
import { type IssueEntry, withHandedOver } from '../dossier/issue-entry.ts';
import { enrichImageIssue } from '../enrichment/enrich-image-issue.ts';
import { userIsRoot } from '../isolation/user.ts';
import { weakestIsolation } from '../isolation/weakest-isolation.ts';
import type { Workloads } from '../isolation/workload.ts';
import type { Policy } from '../policy/policy.ts';
import { decideByPolicy } from './decide-by-policy.ts';
import type { IssueLedger, IssueScope } from './inspection-ports.ts';
import type { DecidedQueue, RepositoryTagSource } from './ports.ts';

export interface TellIssuesPorts {
  readonly ledger: IssueLedger;
  readonly repositoryTags: RepositoryTagSource;
  readonly decided: DecidedQueue;
  readonly clock: Clock;
}

export interface ToldPush {
  readonly dossier: Pick<ImageDossier, 'image' | 'platform' | 'instructions' | 'user'>;
  /** Absent: pushed by digest. */
  readonly tag?: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly pushedAt: string;
  readonly workloads: Workloads;
  readonly verdicts: readonly RuleVerdict[];
}

/** Only inspections of one repository's tag that end at the same time meet, and of those one wins each round. */
const WRITE_TRIES = 5;

/** Nothing for a push that came late: the tag names another image by now. Throws the AWS_* codes and WRITE_CONFLICT. */
export const tellIssues = (push: ToldPush, ports: TellIssuesPorts, policy: Policy): Promise<void> =>
  tell(push, scopeOf(push, push.tag), ports, policy, (before, now) =>
    before !== undefined && before.pushedAt > push.pushedAt
      ? undefined
      : imageIssues({ ...push.dossier, ...push }, before, now),
  );

/**
 * What was said of the image when nobody knew a tag of it, and is said under a tag now, is closed. What an other image
 * or a later push left there stays. Idempotent; throws as `tellIssues`.
 */
export const closeUntagged = (push: ToldPush, ports: TellIssuesPorts, policy: Policy): Promise<void> => {
  const { tag: _, ...untagged } = push;
  const verdicts = push.verdicts.map(
    (verdict): RuleVerdict => ({ ...verdict, verdict: 'not-applicable', evidence: [], evidenceLeftOut: 0 }),
  );
  return tell(push, scopeOf(push, undefined), ports, policy, (before, now) => {
    if (before === undefined || before.digest !== push.dossier.image.digest || before.pushedAt > push.pushedAt)
      return undefined;
    if (before.rules.every(({ open, handedOver }) => !open && handedOver)) return undefined;
    return imageIssues({ ...push.dossier, ...untagged, pushedAt: before.pushedAt, verdicts }, before, now);
  });
};

const scopeOf = ({ dossier: { image, platform } }: ToldPush, tag = ''): IssueScope => {
  const { digest: _, ...repository } = image;
  return { repository, tag, platform };
};

/** `issuesAfter`: undefined where there is nothing to say. `now`: ISO 8601 in UTC with milliseconds. */
const tell = async (
  push: ToldPush,
  scope: IssueScope,
  ports: TellIssuesPorts,
  policy: Policy,
  issuesAfter: (before: IssueEntry | undefined, now: string) => ImageIssues | undefined,
): Promise<void> => {
  for (let tried = 0; tried < WRITE_TRIES; tried += 1) {
    const now = ports.clock.now();
    const { entry: before, revision } = await ports.ledger.get(scope);
    const told = issuesAfter(before, now.toISOString());
    if (told === undefined) return;
    if (!(await ports.ledger.put(scope, { entry: told.entry, revision }, now))) continue;
    if (told.issues.length === 0) return;
    await send(told.issues, push, ports, policy);
    // Where another was faster, it has sent the same or will: to send once more does no harm.
    await ports.ledger.put(scope, { entry: withHandedOver(told.entry, told.issues), revision: revision + 1 }, now);
    return;
  }
  throw new SekishoError('WRITE_CONFLICT', 'Which rules fail for a tag was written by others each time it was tried.');
};

const send = async (
  issues: ImageIssues['issues'],
  { dossier, workloads }: ToldPush,
  { repositoryTags, decided, clock }: TellIssuesPorts,
  policy: Policy,
): Promise<void> => {
  const [tags = unknown('the repository was not looked up')] = await repositoryTags.tagsOf([dossier.image]);
  const context = { workloads, isolation: weakestIsolation(workloads, userIsRoot(dossier.user)) };
  const now = clock.now();
  const sent = await decided.send(
    issues.map((issue) => decideByPolicy(enrichImageIssue(issue, tags, context), policy, now)),
  );
  for (const result of sent) if (!result.ok) throw result.error;
};
