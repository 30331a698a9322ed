/** What a finding is told with: its image, or what stands for it where that is not known. */
import { clipText } from '../base/clip-text.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import type { ImageIssue, Threat, Vulnerability } from '../finding/finding.ts';
import { resourceName } from '../finding/resource-name.ts';
import { imageArn } from '../image/image-reference.ts';
import type { AlertSubject } from './alert-group.ts';

const NAME = 100;
const TAGS = 10;
/** An image ARN with the longest repository there can be has less. It is a part of a partition key, which may have 2,048 bytes. */
const RESOURCE = 512;

/** The image is what can be changed; a threat may have none, and is then told with its workload. */
export const subjectOf = (enriched: EnrichedFinding): AlertSubject =>
  byKind<AlertSubject>(enriched, {
    vulnerability: ({ finding }) => scannedSubject(finding),
    threat: ({ finding, image }) => {
      if (image.known) return { kind: 'image', image: image.value, tags: [] };
      return { kind: 'workload', account: finding.account, region: finding.region, name: workloadName(finding) };
    },
    'image-issue': ({ finding }) => scannedSubject(finding),
  });

const scannedSubject = ({ image, tags }: Vulnerability | ImageIssue): AlertSubject => {
  const shown = tags.slice(0, TAGS).map((tag) => clipText(tag, NAME));
  if (image.known) return { kind: 'image', image: image.value, tags: shown };
  const { account, region, repository } = image;
  const name = clipText(resourceName(image), RESOURCE) || 'unknown';
  return { kind: 'unknown-image', account, region, name, ...(repository && { repository }), tags: shown };
};

/** The group's id is a key in the table: it must be the same for every finding about the same thing. */
export const groupOf = (subject: AlertSubject): string =>
  subject.kind === 'image'
    ? imageArn(subject.image)
    : `${subject.kind}:${subject.account}:${subject.region}:${subject.name}`;

/** The cluster, else the instance, else the family of the task definition, else the kind of resource. */
const workloadName = ({ cluster, instanceId, task, resourceType }: Threat): string => {
  const family = task?.definitionArn?.split('/').at(-1)?.split(':')[0];
  return clipText(cluster?.name || instanceId || family || resourceType, NAME) || 'unknown';
};
