/** Inspector's findings of vulnerable packages in images of ECR. */
import * as z from 'zod/mini';
import type { FindingStatus, Vulnerability, VulnerabilitySeverity } from '../finding/finding.ts';
import { findingKey } from '../finding/finding-key.ts';
import { imageArn } from '../image/image-reference.ts';
import { type EventEnvelope, eventInvalid, parseDetail } from './envelope.ts';
import { cvssFromInspector, InspectorAdjustedCvss, InspectorCvss } from './inspector-cvss.ts';
import { InspectorPackage, packageFromInspector, unlessNone } from './inspector-package.ts';
import { relatedIdsFrom } from './inspector-related-ids.ts';
import { InspectorResource, imageFromResource } from './inspector-resource.ts';
import { tagsFromMap } from './resource-tags.ts';
import { parseTimestamp } from './timestamp.ts';

export const inspectorFindingPattern = {
  source: ['aws.inspector2'],
  'detail-type': ['Inspector2 Finding'],
  detail: { type: ['PACKAGE_VULNERABILITY'], resources: { type: ['AWS_ECR_CONTAINER_IMAGE'] } },
} as const;

const Text = z.nullish(z.string());
const Time = z.optional(z.unknown());

export const InspectorFindingDetail = z.object({
  findingArn: z.string().check(z.startsWith('arn:')),
  awsAccountId: z.catch(z.nullish(z.string().check(z.regex(/^\d{12}$/))), undefined),
  type: z.literal('PACKAGE_VULNERABILITY'),
  title: Text,
  description: Text,
  severity: Text,
  status: z.enum(['ACTIVE', 'SUPPRESSED', 'CLOSED']),
  firstObservedAt: Time,
  lastObservedAt: Time,
  updatedAt: Time,
  resources: z.array(InspectorResource),
  inspectorScoreDetails: z.nullish(z.object({ adjustedCvss: z.nullish(InspectorAdjustedCvss) })),
  packageVulnerabilityDetails: z.object({
    vulnerabilityId: z.string().check(z.minLength(1)),
    relatedVulnerabilities: z.optional(z.unknown()),
    sourceUrl: Text,
    cvss: z.nullish(z.array(InspectorCvss)),
    vulnerablePackages: z.nullish(z.array(InspectorPackage)),
  }),
  exploitAvailable: Text,
  exploitabilityDetails: z.nullish(z.object({ lastKnownExploitAt: Time })),
  epss: z.nullish(z.object({ score: z.nullish(z.number()) })),
  fixAvailable: Text,
  remediation: z.nullish(z.object({ recommendation: z.nullish(z.object({ text: Text })) })),
});

type Detail = z.output<typeof InspectorFindingDetail>;

const STATUS = { ACTIVE: 'active', SUPPRESSED: 'suppressed', CLOSED: 'closed' } as const satisfies Record<
  Detail['status'],
  FindingStatus
>;
const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
const FIXES = ['YES', 'NO', 'PARTIAL'] as const;

/** Throws EVENT_INVALID. Up to ten resources are allowed, but every published finding has one: the first image is taken. */
export const vulnerabilityFromEvent = (event: EventEnvelope): Vulnerability => {
  const detail = parseDetail(inspectorFindingPattern, InspectorFindingDetail, event);
  const { findingArn, packageVulnerabilityDetails: vulnerability } = detail;
  const resource = detail.resources.find(({ type }) => type === 'AWS_ECR_CONTAINER_IMAGE');
  const image = resource && imageFromResource(resource, detail.awsAccountId || event.account, event.region);
  if (image === undefined) throw eventInvalid(['detail.resources[].id of an ECR image']);
  const { imageTags, inUseCount } = resource?.details?.awsEcrContainerImage ?? {};
  const title = detail.title || vulnerability.vulnerabilityId;
  const lastKnownExploitAt = parseTimestamp(detail.exploitabilityDetails?.lastKnownExploitAt);
  const fixAvailable = FIXES.find((known) => known === detail.fixAvailable);
  const remediation = unlessNone(detail.remediation?.recommendation?.text);
  return {
    kind: 'vulnerability',
    key: findingKey('inspector2', [findingArn, image.known ? imageArn(image.value) : image.resourceId]),
    source: 'inspector2',
    sourceId: findingArn,
    image,
    tags: imageTags ?? [],
    status: STATUS[detail.status],
    title,
    description: detail.description || title,
    vulnerabilityId: vulnerability.vulnerabilityId,
    relatedIds: relatedIdsFrom(vulnerability.relatedVulnerabilities, vulnerability.vulnerabilityId),
    ...(vulnerability.sourceUrl && { sourceUrl: vulnerability.sourceUrl }),
    severity: severityFrom(detail.severity),
    packages: (vulnerability.vulnerablePackages ?? []).map(packageFromInspector),
    cvss: cvssFromInspector(detail.inspectorScoreDetails?.adjustedCvss, vulnerability.cvss ?? []),
    ...exploitFrom(detail.exploitAvailable),
    ...(lastKnownExploitAt && { lastKnownExploitAt }),
    ...(isProbability(detail.epss?.score) && { epss: detail.epss.score }),
    ...(fixAvailable && { fixAvailable }),
    ...(remediation && { remediation }),
    ...(typeof inUseCount === 'number' && { inUseCount }),
    resourceTags: tagsFromMap(resource?.tags),
    ...timesFrom(detail, event.time),
  };
};

const severityFrom = (text: string | null | undefined): VulnerabilitySeverity =>
  SEVERITIES.find((known) => known === text) ?? 'UNTRIAGED';

/** Neither a YES nor a NO is not known. */
const exploitFrom = (text: string | null | undefined): { readonly exploitAvailable?: boolean } =>
  text === 'YES' || text === 'NO' ? { exploitAvailable: text === 'YES' } : {};

/** A score of 61 is no probability, whatever it was meant to be. */
const isProbability = (score: number | null | undefined): score is number =>
  typeof score === 'number' && score >= 0 && score <= 1;

/** A time that is missing, or in a form not known yet, must not cost the finding: the nearest other one stands in. */
const timesFrom = (
  { firstObservedAt, lastObservedAt, updatedAt }: Detail,
  eventTime: string,
): Pick<Vulnerability, 'firstObservedAt' | 'lastObservedAt' | 'updatedAt'> => {
  const updated = parseTimestamp(updatedAt);
  const last = parseTimestamp(lastObservedAt) ?? updated ?? eventTime;
  return { firstObservedAt: parseTimestamp(firstObservedAt) ?? last, lastObservedAt: last, updatedAt: updated ?? last };
};
