/** A finding's title in Security Hub, before it is cut: what it is, and of which image. */
import { clipText } from '../base/clip-text.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type { EnrichedFinding, EnrichedVulnerability } from '../enrichment/enriched-finding.ts';
import type { ScannedImage } from '../finding/finding.ts';
import { resourceName } from '../finding/resource-name.ts';

export const titleOf = (enriched: EnrichedFinding): string =>
  byKind(enriched, {
    vulnerability: vulnerabilityTitle,
    threat: ({ finding: { type, title, sample } }) => `${sample ? '[sample] ' : ''}${type}: ${title}`,
    'image-issue': ({ finding: { rule, title, image, tags } }) =>
      `${rule} ${clipText(title, TITLE_LENGTH)} (${imageText(image, tags[0])})`,
  });

/** Of the rule's: the image is named behind it. */
const TITLE_LENGTH = 120;

/** `CVE-2024-6119 in openssl (shop/checkout:1.4)`. */
const vulnerabilityTitle = ({ finding, packages }: EnrichedVulnerability): string => {
  const [first, ...others] = new Set(packages.map(({ name }) => name));
  const inPackages = first === undefined ? '' : ` in ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  return `${finding.vulnerabilityId}${inPackages} (${imageText(finding.image, finding.tags[0])})`;
};

const imageText = (image: ScannedImage, tag: string | undefined): string => {
  const repository = image.known ? image.value.repository : image.repository;
  if (repository && tag) return `${repository}:${tag}`;
  return image.known ? `${repository}@${image.value.digest}` : (repository ?? resourceName(image));
};
