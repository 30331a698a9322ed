/** A decided finding as its group's message will tell it: short texts, and the group that it is told with. */
import { clipText } from '../base/clip-text.ts';
import { redactText } from '../base/redaction.ts';
import { byKind } from '../enrichment/by-kind.ts';
import { namedWorkloads } from '../enrichment/named-workloads.ts';
import { workloadText } from '../enrichment/workload-text.ts';
import type { Threat, VulnerablePackage } from '../finding/finding.ts';
import { fixedVersion, installedVersion } from '../finding/package-version.ts';
import type { Workload } from '../isolation/workload.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { reachesAll } from '../priority/recommend-fix.ts';
import type { GroupedFinding } from './alert-group.ts';
import { groupOf, subjectOf } from './grouped-subject.ts';

/** A table item holds one of these for every finding of the image: texts are cut, lists are short. */
const TEXT = 300;
const REASON = 400;
const NAME = 100;
const IMAGE = 200;
const LISTED = 10;
const UNKNOWNS = 3;

/** What this version writes; what it reads may be older. */
export type NewGroupedFinding = GroupedFinding &
  Required<Pick<GroupedFinding, 'destinations' | 'mention' | 'decidedAt' | 'fingerprint'>>;

export const groupedFinding = (decided: DecidedFinding): NewGroupedFinding => {
  const { enriched, decision, handling } = decided;
  const { finding, context } = enriched;
  const { worst, due, fix } = decision;
  const subject = subjectOf(enriched);
  return {
    group: groupOf(subject),
    subject,
    key: finding.key,
    version: decided.version,
    decidedAt: decided.decidedAt,
    fingerprint: decided.fingerprint,
    status: handling.suppressed && finding.status === 'active' ? 'suppressed' : finding.status,
    destinations: handling.destinations,
    mention: handling.mention,
    kind: finding.kind,
    title: clipText(finding.title, TEXT),
    outcome: decision.outcome,
    score: decision.score,
    reason: clipText(decision.reason, REASON),
    unknowns: decision.unknowns.slice(0, UNKNOWNS).map((unknown) => clipText(unknown, TEXT)),
    ...(worst && { worst: { outcome: worst.outcome, if: clipText(worst.if, TEXT) } }),
    ...(due.on !== undefined && { dueOn: due.on }),
    fix,
    ...fieldsOfKind(decided),
    ...(context.workloads.known && placesOf(context.workloads.value, decided.workloadsLeftOut)),
    remainingBarriers: decision.remainingBarriers,
    observedAt: finding.updatedAt,
  };
};

type FieldsOfKind = Pick<
  GroupedFinding,
  'name' | 'ruleSeverity' | 'seen' | 'platform' | 'packages' | 'images' | 'fixReachesAll' | 'sample'
>;

const fieldsOfKind = ({ enriched, decision: { fix } }: DecidedFinding): FieldsOfKind =>
  byKind<FieldsOfKind>(enriched, {
    vulnerability: (vulnerability) => ({
      name: clipText(vulnerability.finding.vulnerabilityId, NAME),
      packages: different(vulnerability.packages, packageText),
      fixReachesAll: reachesAll(vulnerability, fix),
      sample: false,
    }),
    threat: ({ finding, image }) => {
      const images = image.known ? [] : imagesOf(finding);
      return {
        name: clipText(finding.type, NAME),
        packages: [],
        ...(images.length > 0 && { images }),
        fixReachesAll: false,
        sample: finding.sample,
      };
    },
    'image-issue': ({ finding: { rule, severity, evidence, platform } }) => {
      const seen = clipText(redactText(evidence[0]?.text ?? ''), TEXT);
      return {
        name: clipText(rule, NAME),
        ruleSeverity: severity,
        ...(seen && { seen }),
        platform: clipText(platform, NAME),
        packages: [],
        fixReachesAll: false,
        sample: false,
      };
    },
  });

/** The first texts that differ; the end of a list of thousands is not looked at. */
const different = <T>(items: readonly T[], textOf: (item: T) => string): readonly string[] =>
  [...new Set(items.slice(0, 5 * LISTED).map(textOf))].slice(0, LISTED);

/** Tags and names without a digest: they say what to look for where the image itself is not known. */
const imagesOf = ({ containers }: Threat): readonly string[] =>
  different(containers, ({ image }) => clipText(image ?? '', IMAGE)).filter(Boolean);

const placesOf = (workloads: readonly Workload[], leftOut: number): Pick<GroupedFinding, 'runsIn' | 'runsInMore'> => {
  const { names, more } = namedWorkloads(workloads, leftOut, LISTED, placeText);
  const runsIn = [...new Set(names.map((name) => clipText(name, NAME)))];
  return { runsIn, ...(more > 0 && { runsInMore: more }) };
};

/** A task that nothing else names has its ARN as its name: people know it by the last part. */
const placeText = (workload: Workload): string => {
  const { name } = workload;
  const shortName = (name.startsWith('arn:') && name.split('/').at(-1)) || name;
  return workloadText({ ...workload, name: shortName });
};

/** `openssl 3.0.11 → 3.0.13`. */
const packageText = (found: VulnerablePackage): string => {
  const fixed = fixedVersion(found);
  return clipText(`${found.name} ${installedVersion(found)}${fixed ? ` → ${fixed}` : ''}`, NAME);
};
