/** What of a decided finding is kept to explain it: all of an ordinary one, and a bounded part of any. */
import { clipText } from '../base/clip-text.ts';
import { known, unknown } from '../base/known.ts';
import { type AttributedPackage, type EnrichedFinding, isEnrichedThreat } from '../enrichment/enriched-finding.ts';
import { workloadText } from '../enrichment/workload-text.ts';
import { fixedVersion, installedVersion } from '../finding/package-version.ts';
import { imageUri } from '../image/image-reference.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import type { AlertSubject } from './alert-group.ts';
import type { ExplainedFinding, ExplainedPackage } from './explained-finding.ts';
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
  const { enriched, decision, handling, version } = decided;
  const { finding, context } = enriched;
  const { workloads, isolation } = context;
  const { subject, name, sample } = groupedFinding(decided);
  const packages = isEnrichedThreat(enriched) ? [] : enriched.packages.slice(0, listed).map(packageFrom);
  return {
    key: finding.key,
    version,
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
    isolation,
    workloads: workloads.known
      ? known(different(workloads.value.slice(0, 5 * LISTED).map(workloadText)).slice(0, listed))
      : unknown(safe(workloads.reason, CLAUSE)),
    packages,
    packagesLeftOut: packagesOf(enriched) - packages.length,
  };
};

/** The end of a list of thousands was cut off before. */
const different = (all: readonly string[]): readonly string[] => [...new Set(all.map((text) => safe(text, NAME)))];

const subjectName = (subject: AlertSubject): string =>
  subject.kind === 'image' ? imageUri(subject.image) : `${subject.account} ${subject.region} ${subject.name}`;

const packagesOf = (enriched: EnrichedFinding): number =>
  isEnrichedThreat(enriched) ? 0 : enriched.packages.length + enriched.packagesLeftOut;

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
