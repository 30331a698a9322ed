/** What a finding is about, as Security Hub resources with stable ids. */
import type { EnrichedImageIssue, EnrichedThreat, EnrichedVulnerability } from '../enrichment/enriched-finding.ts';
import type { Threat, UnknownImage, Vulnerability } from '../finding/finding.ts';
import { resourceName } from '../finding/resource-name.ts';
import { type ImageReference, imageArn } from '../image/image-reference.ts';
import type { AsffResource } from './asff.ts';
import { BOUNDS, field, LIMITS, nonEmpty } from './limits.ts';

export const resourcesFromVulnerability = ({ finding, platform }: EnrichedVulnerability): readonly AsffResource[] => [
  finding.image.known
    ? imageResource(finding.image.value, finding.tags, platform.known ? architectureOf(platform.value) : undefined)
    : unknownImageResource(finding.image, finding),
];

export const resourcesFromImageIssue = ({ finding }: EnrichedImageIssue): readonly AsffResource[] => [
  imageResource(finding.image.value, finding.tags, architectureOf(finding.platform)),
];

/** The image first, where it is known: it is what can be changed. Then the place where the threat was seen. */
export const resourcesFromThreat = ({ finding, image }: EnrichedThreat): readonly AsffResource[] => [
  ...(image.known ? [imageResource(image.value, [], undefined)] : []),
  placeResource(finding),
];

const imageResource = (
  image: ImageReference,
  tags: readonly string[],
  architecture: string | undefined,
): AsffResource => {
  return {
    Type: 'AwsEcrContainerImage',
    Id: imageArn(image),
    ...placeOf(image),
    Details: {
      AwsEcrContainerImage: {
        RegistryId: image.account,
        RepositoryName: image.repository,
        ImageDigest: image.digest,
        ...field('Architecture', architecture, BOUNDS.text),
        ...imageTags(tags),
      },
    },
  };
};

/** By the name that the source gives it. A longer one is left out, because a part of it may be another's name. */
const unknownImageResource = (image: UnknownImage, { tags, key }: Vulnerability): AsffResource => {
  const { account, repository } = image;
  const name = resourceName(image);
  const details = { ...(repository && { RegistryId: account, RepositoryName: repository }), ...imageTags(tags) };
  return {
    Type: 'AwsEcrContainerImage',
    Id: name !== '' && name.length <= LIMITS.id ? name : key,
    ...placeOf(image),
    ...(Object.keys(details).length > 0 && { Details: { AwsEcrContainerImage: details } }),
  };
};

const imageTags = (tags: readonly string[]): { readonly ImageTags?: readonly string[] } => {
  const texts = tags.flatMap((tag) => nonEmpty(tag, BOUNDS.text) ?? []).slice(0, BOUNDS.tags);
  return texts.length > 0 ? { ImageTags: texts } : {};
};

/** `linux/arm64/v8` → `arm64`, the way Inspector fills the same field. */
const architectureOf = (platform: string): string | undefined => platform.split('/')[1];

const placeResource = (threat: Threat): AsffResource => {
  const [container] = threat.containers;
  const parent = parentOf(threat);
  const name = nonEmpty(container?.name, BOUNDS.text);
  if (!container || name === undefined) {
    return { Type: 'Other', Id: parent, ...placeOf(threat), Details: { Other: otherDetails(threat) } };
  }
  return {
    Type: 'Container',
    Id: nonEmpty(`${parent}/${name}`, LIMITS.id) ?? threat.key,
    ...placeOf(threat),
    Details: {
      Container: {
        Name: name,
        ...field('ImageName', container.image, BOUNDS.text),
        ...(container.privileged !== undefined && { Privileged: container.privileged }),
      },
    },
  };
};

/** The most exact thing that the finding names; the same for every update of it. */
const parentOf = (threat: Threat): string => {
  const { partition, region, account, task, cluster, workload, instanceId } = threat;
  const clusterId = cluster && (cluster.arn ?? `${cluster.kind}/${cluster.name}`);
  const instanceArn = instanceId && `arn:${partition}:ec2:${region}:${account}:instance/${instanceId}`;
  const named = workload ? [workload.namespace, workload.type, workload.name].filter(Boolean).join('/') : undefined;
  const place = task?.arn ?? ([clusterId, named].filter(Boolean).join('/') || instanceArn);
  return nonEmpty(place, LIMITS.id - BOUNDS.text) ?? threat.key;
};

const otherDetails = ({ resourceType, cluster, workload, instanceId }: Threat): Readonly<Record<string, string>> => ({
  ...field('resourceType', resourceType, BOUNDS.text),
  ...field('cluster', cluster?.name, BOUNDS.text),
  ...field('workload', workload?.name, BOUNDS.text),
  ...field('instanceId', instanceId, BOUNDS.text),
});

interface Place {
  readonly partition: string;
  readonly region: string;
}

/** Security Hub knows three partitions; of others, and of a region that is too long for it, it is told nothing. */
const placeOf = ({ partition, region }: Place): Pick<AsffResource, 'Partition' | 'Region'> => ({
  ...((partition === 'aws' || partition === 'aws-cn' || partition === 'aws-us-gov') && { Partition: partition }),
  ...(region.length <= LIMITS.region && field('Region', region, LIMITS.region)),
});
