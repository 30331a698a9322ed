/** What of a decided finding is kept to explain it: all of an ordinary one, and a bounded part of any. */
import { clipText } from '../base/clip-text.ts';
import { known, unknown } from '../base/known.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type { AttributedPackage } from '../enrichment/enriched-finding.ts';
import { namedWorkloads } from '../enrichment/named-workloads.ts';
import { workloadText } from '../enrichment/workload-text.ts';
import { fixedVersion, installedVersion } from '../finding/package-version.ts';
import { imageUri } from '../image/image-reference.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import type { AlertSubject } from './alert-group.ts';
import type { ExplainedFinding, ExplainedPackage } from './explained-finding.ts';
import { explainedIssue } from './explained-issue.ts';
import { groupedFinding } from './grouped-finding.ts';
import {
  CLAUSE,
  LISTED,
  NAME,
  safe,
  shortDecision,
  shortHandling,
  shortInstruction,
  VERSION,
} from './short-decision.ts';

/** A kilobyte is left for the keys and the time of the item that holds it. */
export const EXPLAINED_BYTES = 63 * 1024;

const SOURCE = 600;
const TITLE = 300;
const SUBJECT = 700;

/** The longer the texts the fewer of the listed: their number is halved until the whole fits. */
export const explainedFromDecided = (decided: DecidedFinding): ExplainedFinding => {
  let listed: number = LISTED;
  let explained = explainedWith(decided, listed);
  while (listed > 0 && Buffer.byteLength(JSON.stringify(explained)) > EXPLAINED_BYTES) {
    listed = Math.floor(listed / 2);
    explained = explainedWith(decided, listed);
  }
  return explained;
};

const explainedWith = (decided: DecidedFinding, listed: number): ExplainedFinding => {
  const { enriched, decision, handling, policy, version, decidedAt, fingerprint } = decided;
  const { finding, context } = enriched;
  const { subject, name, sample } = groupedFinding(decided);
  return {
    key: finding.key,
    version,
    decidedAt,
    fingerprint,
    sourceId: clipText(finding.sourceId, SOURCE),
    kind: finding.kind,
    name,
    title: safe(finding.title, TITLE),
    status: finding.status,
    sample,
    subject: {
      kind: subject.kind,
      name: safe(subjectName(subject), SUBJECT),
      tags: subject.kind === 'workload' ? [] : subject.tags.slice(0, listed).map((tag) => safe(tag, NAME)),
    },
    firstObservedAt: finding.firstObservedAt,
    updatedAt: finding.updatedAt,
    decision: shortDecision(decision, listed),
    handling: shortHandling(handling, listed),
    policy: safe(policy, NAME),
    isolation: context.isolation,
    ...placesOf(decided, listed),
    ...byKind<FieldsOfKind>(enriched, {
      vulnerability: (vulnerability) => ({
        packages: vulnerability.packages.slice(0, listed).map(packageFrom),
        packagesLeftOut: Math.max(0, vulnerability.packages.length - listed) + vulnerability.packagesLeftOut,
      }),
      threat: () => NO_PACKAGES,
      'image-issue': (issue) => ({ issue: explainedIssue(issue.finding, listed), ...NO_PACKAGES }),
    }),
  };
};

type FieldsOfKind = Pick<ExplainedFinding, 'issue' | 'packages' | 'packagesLeftOut'>;

const NO_PACKAGES = { packages: [], packagesLeftOut: 0 } as const;

const placesOf = (
  { enriched, workloadsLeftOut }: DecidedFinding,
  listed: number,
): Pick<ExplainedFinding, 'workloads' | 'workloadsLeftOut'> => {
  const { workloads } = enriched.context;
  if (!workloads.known) return { workloads: unknown(safe(workloads.reason, CLAUSE)), workloadsLeftOut };
  const { names, more } = namedWorkloads(workloads.value, workloadsLeftOut, listed, workloadText);
  return { workloads: known([...new Set(names.map((name) => safe(name, NAME)))]), workloadsLeftOut: more };
};

const subjectName = (subject: AlertSubject): string =>
  subject.kind === 'image' ? imageUri(subject.image) : `${subject.account} ${subject.region} ${subject.name}`;

const packageFrom = (found: AttributedPackage): ExplainedPackage => {
  const fixed = fixedVersion(found);
  const { instruction } = found;
  return {
    name: safe(found.name, NAME),
    installed: safe(installedVersion(found), VERSION),
    ...(fixed !== undefined && { fixed: safe(fixed, VERSION) }),
    instruction: instruction.known
      ? known(shortInstruction(instruction.value))
      : unknown(safe(instruction.reason, CLAUSE)),
  };
};
