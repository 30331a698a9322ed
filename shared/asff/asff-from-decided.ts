/** A decided finding as Security Hub takes it: always inside the limits, whatever scanners and attackers wrote. */
import { type EnrichedFinding, isEnrichedThreat } from '../enrichment/enriched-finding.ts';
import { namedWorkloads } from '../enrichment/named-workloads.ts';
import { workloadText } from '../enrichment/workload-text.ts';
import type { ScannedImage } from '../finding/finding.ts';
import { resourceName } from '../finding/resource-name.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import type { AsffFinding } from './asff.ts';
import { BOUNDS, jsonBytes, LIMITS, nonEmpty } from './limits.ts';
import { productFields } from './product-fields.ts';
import { relatedRequirements } from './related-requirements.ts';
import { remediationText } from './remediation-text.ts';
import { resourcesFromThreat, resourcesFromVulnerability } from './resources-from-enriched.ts';
import { threatType } from './threat-type.ts';
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
  const content = isEnrichedThreat(enriched)
    ? {
        GeneratorId: 'sekisho/threat',
        types: [threatType(enriched.finding.type)],
        Resources: resourcesFromThreat(enriched),
        leftOut: 0,
      }
    : {
        GeneratorId: 'sekisho/vulnerability',
        types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
        Resources: resourcesFromVulnerability(enriched),
        Vulnerabilities: vulnerabilitiesFromEnriched(enriched, packages),
        leftOut: enriched.packagesLeftOut + Math.max(0, enriched.packages.length - packages),
      };
  const { types, leftOut, ...fields } = content;
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

/** `CVE-2024-6119 in openssl (shop/checkout:1.4)`. */
const titleOf = (enriched: EnrichedFinding): string => {
  if (isEnrichedThreat(enriched)) {
    const { type, title, sample } = enriched.finding;
    return `${sample ? '[sample] ' : ''}${type}: ${title}`;
  }
  const { finding, packages } = enriched;
  const [first, ...others] = new Set(packages.map(({ name }) => name));
  const inPackages = first === undefined ? '' : ` in ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  return `${finding.vulnerabilityId}${inPackages} (${imageText(finding.image, finding.tags[0])})`;
};

const imageText = (image: ScannedImage, tag: string | undefined): string => {
  const repository = image.known ? image.value.repository : image.repository;
  if (repository && tag) return `${repository}:${tag}`;
  return image.known ? `${repository}@${image.value.digest}` : (repository ?? resourceName(image));
};

/** The reason comes first: it is short, and what the source says may fill the rest. */
const descriptionOf = ({ enriched, decision, workloadsLeftOut }: DecidedFinding): string => {
  const { finding, context } = enriched;
  const running = context.workloads.known ? context.workloads.value : [];
  const { names, more } = namedWorkloads(running, workloadsLeftOut, BOUNDS.listed, workloadText);
  const places = nonEmpty(names.join(', '), BOUNDS.text);
  return [
    `${decision.reason}.`,
    places && `Runs in ${places}${more > 0 ? ` and ${more} more` : ''}.`,
    finding.description,
  ]
    .filter(Boolean)
    .join(' ');
};
