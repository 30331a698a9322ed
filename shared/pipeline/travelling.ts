/** A decided finding as it travels on a queue: everything that is shown of it, and bounded whatever went in. */
import { clipText } from '../base/clip-text.ts';
import { type Known, unknown } from '../base/known.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type { AttributedPackage, EnrichedFinding, RuntimeContext } from '../enrichment/enriched-finding.ts';
import type { Workload } from '../isolation/workload.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import type { Decision } from '../priority/decision.ts';
import { travellingThreat, travellingVulnerability } from './travelling-finding.ts';
import { travellingImageIssue } from './travelling-image-issue.ts';

/** SQS takes 1,048,576 bytes a message, and our dead-letter queue the same with three attributes. */
export const TRAVELLING_BYTES = 900_000;

/** Of packages and of workloads. */
const LISTED = 100;
/** Security Hub shows no more of a package's field. */
const FIELD = 256;
const NAME = 512;
const CLAUSE = 800;
const UNKNOWNS = 30;
const RULES = 100;

/** The fewer are listed the smaller the message: the number of packages and workloads is halved until the whole fits. */
export const travelling = (decided: DecidedFinding): DecidedFinding => {
  let listed: number = LISTED;
  let bounded = boundedTo(decided, listed);
  while (listed > 0 && messageBytes(bounded) > TRAVELLING_BYTES) {
    listed = Math.floor(listed / 2);
    bounded = boundedTo(decided, listed);
  }
  return bounded;
};

/** Two characters that JSON may hold as they are reach SQS as escapes, which are longer by 3 bytes. */
const messageBytes = (decided: DecidedFinding): number => {
  const json = JSON.stringify(decided);
  return Buffer.byteLength(json) + 3 * (json.match(/[\uFFFE\uFFFF]/g)?.length ?? 0);
};

const boundedTo = (decided: DecidedFinding, listed: number): DecidedFinding => {
  const { workloads } = decided.enriched.context;
  const left = workloads.known ? Math.max(0, workloads.value.length - listed) : 0;
  return {
    ...decided,
    enriched: enrichedTo(decided.enriched, listed),
    workloadsLeftOut: decided.workloadsLeftOut + left,
    decision: boundedDecision(decided.decision),
    contextRules: decided.contextRules.slice(0, RULES),
  };
};

const NOT_KEPT = unknown('tags are read before the decision, and not kept');

const enrichedTo = (enriched: EnrichedFinding, listed: number): EnrichedFinding => {
  const context = contextTo(enriched.context, listed);
  return byKind<EnrichedFinding>(enriched, {
    vulnerability: (vulnerability) => ({
      ...vulnerability,
      finding: travellingVulnerability(vulnerability.finding),
      repositoryTags: NOT_KEPT,
      platform: bounded(vulnerability.platform),
      packages: vulnerability.packages.slice(0, listed).map(boundedPackage),
      packagesLeftOut: vulnerability.packagesLeftOut + Math.max(0, vulnerability.packages.length - listed),
      context,
    }),
    threat: ({ finding, image }) => ({
      finding: travellingThreat(finding),
      image: bounded(image),
      repositoryTags: NOT_KEPT,
      context,
    }),
    'image-issue': ({ finding }) => ({
      finding: travellingImageIssue(finding),
      repositoryTags: NOT_KEPT,
      context,
    }),
  });
};

const contextTo = ({ workloads, isolation }: RuntimeContext, listed: number): RuntimeContext => ({
  workloads: workloads.known
    ? {
        ...workloads,
        value: workloads.value.slice(0, listed).map(boundedWorkload),
        ...(workloads.incomplete !== undefined && { incomplete: clipText(workloads.incomplete, CLAUSE) }),
      }
    : bounded(workloads),
  isolation,
});

const boundedWorkload = (workload: Workload): Workload => ({
  ...workload,
  clusterArn: clipText(workload.clusterArn, NAME),
  name: clipText(workload.name, NAME),
  ...(workload.taskDefinitionArn !== undefined && { taskDefinitionArn: clipText(workload.taskDefinitionArn, NAME) }),
  tags: NOT_KEPT,
});

/** Instructions were cut when they were attributed. */
const boundedPackage = (found: AttributedPackage): AttributedPackage => {
  const { name, version, release, packageManager, filePath, fixedInVersion, remediation, instruction } = found;
  return {
    ...found,
    name: clipText(name, FIELD),
    version: clipText(version, FIELD),
    ...(release !== undefined && { release: clipText(release, FIELD) }),
    ...(packageManager !== undefined && { packageManager: clipText(packageManager, FIELD) }),
    ...(filePath !== undefined && { filePath: clipText(filePath, FIELD) }),
    ...(fixedInVersion !== undefined && { fixedInVersion: clipText(fixedInVersion, FIELD) }),
    ...(remediation !== undefined && { remediation: clipText(remediation, FIELD) }),
    instruction: bounded(instruction),
  };
};

const bounded = <T>(fact: Known<T>): Known<T> => (fact.known ? fact : unknown(clipText(fact.reason, CLAUSE)));

/** The decision names tags, and what failed: its clauses may be as long as these. */
const boundedDecision = (decision: Decision): Decision => ({
  ...decision,
  reason: clipText(decision.reason, 2 * CLAUSE),
  unknowns: decision.unknowns.slice(0, UNKNOWNS).map((text) => clipText(text, CLAUSE)),
  points: decision.points.map((point) => ({ ...point, evidence: clipText(point.evidence, CLAUSE) })),
  ...(decision.worst && { worst: { ...decision.worst, if: clipText(decision.worst.if, CLAUSE) } }),
});
