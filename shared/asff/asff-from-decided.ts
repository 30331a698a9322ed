/** A decided finding as Security Hub takes it: always inside the limits, whatever scanners and attackers wrote. */
import { byKind } from '../enrichment/by-kind.ts';
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import { namedWorkloads } from '../enrichment/named-workloads.ts';
import { workloadText } from '../enrichment/workload-text.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import type { AsffFinding, AsffResource, AsffVulnerability } from './asff.ts';
import { evidenceText } from './evidence-text.ts';
import { imageIssueType } from './image-issue-type.ts';
import { BOUNDS, jsonBytes, LIMITS, nonEmpty } from './limits.ts';
import { productFields } from './product-fields.ts';
import { relatedRequirements } from './related-requirements.ts';
import { remediationText } from './remediation-text.ts';
import { resourcesFromImageIssue, resourcesFromThreat, resourcesFromVulnerability } from './resources-from-enriched.ts';
import { threatType } from './threat-type.ts';
import { titleOf } from './title-of.ts';
import { vulnerabilitiesFromEnriched } from './vulnerabilities-from-enriched.ts';

export interface Hub {
  /** 12 digits. Security Hub takes findings of a custom product only from the account that they name. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/**
 * `updatedAt`: ISO 8601 in UTC. Security Hub ignores an update whose time does not rise.
 * The fewer packages are listed the smaller the finding: the list is halved until the whole fits.
 */
export const asffFromDecided = (decided: DecidedFinding, hub: Hub, updatedAt: string): AsffFinding => {
  let packages: number = BOUNDS.packages;
  let finding = render(decided, hub, updatedAt, packages);
  while (jsonBytes(finding) > LIMITS.findingBytes && packages > 0) {
    packages = Math.floor(packages / 2);
    finding = render(decided, hub, updatedAt, packages);
  }
  return finding;
};

const render = (decided: DecidedFinding, hub: Hub, updatedAt: string, packages: number): AsffFinding => {
  const { enriched, decision, handling } = decided;
  const { finding } = enriched;
  const { types, leftOut, ...fields } = contentOf(enriched, packages);
  const text = nonEmpty(remediationText(decided), LIMITS.remediationText);
  const requirements = relatedRequirements(decision.references);
  return {
    SchemaVersion: '2018-10-08',
    // Suppressions and automation rules of the users hang on this id: it must never change.
    Id: `sekisho/${finding.key}`,
    ProductArn: `arn:${hub.partition}:securityhub:${hub.region}:${hub.account}:product/${hub.account}/default`,
    ProductName: 'Sekisho',
    CompanyName: 'Sekisho',
    AwsAccountId: hub.account,
    ...fields,
    Types: types,
    FirstObservedAt: finding.firstObservedAt,
    LastObservedAt: finding.lastObservedAt,
    CreatedAt: finding.firstObservedAt,
    UpdatedAt: updatedAt,
    Title: nonEmpty(titleOf(enriched), LIMITS.title) ?? finding.key,
    Description: nonEmpty(descriptionOf(decided), LIMITS.description) ?? finding.key,
    ...(text !== undefined && { Remediation: { Recommendation: { Text: text } } }),
    ProductFields: productFields(decided, leftOut),
    ...(requirements.length > 0 && { Compliance: { RelatedRequirements: requirements } }),
    // What its source or the user's policy suppressed is out of sight here too; ProductFields say why.
    RecordState: finding.status === 'active' && !handling.suppressed ? 'ACTIVE' : 'ARCHIVED',
    FindingProviderFields: {
      Severity: { Label: decision.label, Original: `SSVC=${decision.outcome};score=${decision.score};v=1` },
      Types: types,
    },
  };
};

interface Content extends Pick<AsffFinding, 'GeneratorId'> {
  readonly types: readonly string[];
  readonly Resources: readonly AsffResource[];
  readonly Vulnerabilities?: readonly AsffVulnerability[];
  /** How many packages are not listed. */
  readonly leftOut: number;
}

/** What each kind of finding has of its own. */
const contentOf = (enriched: EnrichedFinding, packages: number): Content =>
  byKind<Content>(enriched, {
    vulnerability: (vulnerability) => ({
      GeneratorId: 'sekisho/vulnerability',
      types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
      Resources: resourcesFromVulnerability(vulnerability),
      Vulnerabilities: vulnerabilitiesFromEnriched(vulnerability, packages),
      leftOut: vulnerability.packagesLeftOut + Math.max(0, vulnerability.packages.length - packages),
    }),
    threat: (threat) => ({
      GeneratorId: 'sekisho/threat',
      types: [threatType(threat.finding.type)],
      Resources: resourcesFromThreat(threat),
      leftOut: 0,
    }),
    'image-issue': (issue) => ({
      GeneratorId: nonEmpty(`sekisho/image/${issue.finding.rule}`, LIMITS.generatorId) ?? 'sekisho/image',
      types: [imageIssueType(issue.finding.ruleClass)],
      Resources: resourcesFromImageIssue(issue),
      leftOut: 0,
    }),
  });

const SEEN_LENGTH = 400;

/** The reason comes first: it is short, and what the source says may fill the rest. */
const descriptionOf = ({ enriched, decision, workloadsLeftOut }: DecidedFinding): string => {
  const { finding, context } = enriched;
  const running = context.workloads.known ? context.workloads.value : [];
  const { names, more } = namedWorkloads(running, workloadsLeftOut, BOUNDS.listed, workloadText);
  const places = nonEmpty(names.join(', '), BOUNDS.text);
  const seen = byKind(enriched, {
    vulnerability: () => undefined,
    threat: () => undefined,
    'image-issue': ({ finding }) => evidenceText(finding, SEEN_LENGTH),
  });
  return [
    `${decision.reason}.`,
    places && `Runs in ${places}${more > 0 ? ` and ${more} more` : ''}.`,
    ...(seen ? [`Seen: ${seen}.`] : []),
    finding.description,
  ]
    .filter(Boolean)
    .join(' ');
};
