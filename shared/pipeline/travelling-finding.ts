/** What of a finding travels after its decision: its texts cut, its lists short, without what nothing reads any more. */
import { clipText } from '../base/clip-text.ts';
import type { Cvss, ScannedImage, Threat, ThreatContainer, Vulnerability } from '../finding/finding.ts';

/** Every text that is shown is cut shorter than this. */
const TEXT = 1_200;
/** Names of Regions, accounts, kinds. */
const WORD = 128;
const TAG = 128;
const FIELD = 256;
const TAGS = 100;
const SCORES = 50;
const CONTAINERS = 50;

/** Without its packages: they travel beside it, with the instructions that brought them. */
export const travellingVulnerability = (finding: Vulnerability): Vulnerability => {
  const { sourceUrl, remediation } = finding;
  return {
    ...finding,
    sourceId: clipText(finding.sourceId, TEXT),
    image: travellingImage(finding.image),
    tags: finding.tags.slice(0, TAGS).map((tag) => clipText(tag, TAG)),
    title: clipText(finding.title, TEXT),
    description: clipText(finding.description, TEXT),
    vulnerabilityId: clipText(finding.vulnerabilityId, TEXT),
    ...(sourceUrl !== undefined && { sourceUrl: clipText(sourceUrl, TEXT) }),
    packages: [],
    cvss: finding.cvss.slice(0, SCORES).map(travellingScore),
    ...(remediation !== undefined && { remediation: clipText(remediation, TEXT) }),
    resourceTags: {},
  };
};

const travellingScore = ({ version, score, vector, source }: Cvss): Cvss => ({
  version: clipText(version, WORD),
  score,
  ...(vector !== undefined && { vector: clipText(vector, FIELD) }),
  ...(source !== undefined && { source: clipText(source, WORD) }),
});

/** What names the image stays what it was for any that Security Hub could name: ids have at most 512 characters there. */
const travellingImage = (image: ScannedImage): ScannedImage =>
  image.known
    ? image
    : {
        ...image,
        reason: clipText(image.reason, FIELD),
        resourceId: clipText(image.resourceId, TEXT),
        account: clipText(image.account, WORD),
        region: clipText(image.region, WORD),
      };

export const travellingThreat = (finding: Threat): Threat => {
  const { cluster, task, workload, instanceId } = finding;
  return {
    ...finding,
    sourceId: clipText(finding.sourceId, TEXT),
    type: clipText(finding.type, TEXT),
    title: clipText(finding.title, TEXT),
    description: clipText(finding.description, TEXT),
    resourceType: clipText(finding.resourceType, WORD),
    ...(cluster && { cluster: travellingCluster(cluster) }),
    ...(task && { task: travellingTask(task) }),
    ...(workload && { workload: travellingWorkload(workload) }),
    containers: finding.containers.slice(0, CONTAINERS).map(travellingContainer),
    ...(instanceId !== undefined && { instanceId: clipText(instanceId, WORD) }),
    resourceTags: {},
  };
};

const travellingCluster = ({ kind, name, arn }: NonNullable<Threat['cluster']>): NonNullable<Threat['cluster']> => ({
  kind,
  name: clipText(name, TEXT),
  ...(arn !== undefined && { arn: clipText(arn, TEXT) }),
});

const travellingTask = ({
  arn,
  definitionArn,
  launchType,
}: NonNullable<Threat['task']>): NonNullable<Threat['task']> => ({
  arn: clipText(arn, TEXT),
  ...(definitionArn !== undefined && { definitionArn: clipText(definitionArn, TEXT) }),
  ...(launchType !== undefined && { launchType: clipText(launchType, WORD) }),
});

const travellingWorkload = ({
  type,
  name,
  namespace,
}: NonNullable<Threat['workload']>): NonNullable<Threat['workload']> => ({
  type: clipText(type, WORD),
  name: clipText(name, TEXT),
  ...(namespace !== undefined && { namespace: clipText(namespace, FIELD) }),
});

const travellingContainer = ({ name, image, privileged }: ThreatContainer): ThreatContainer => ({
  ...(name !== undefined && { name: clipText(name, FIELD) }),
  ...(image !== undefined && { image: clipText(image, FIELD) }),
  ...(privileged !== undefined && { privileged }),
});
