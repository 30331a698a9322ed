/** A finding's title in Security Hub, before it is cut: what it is, and of which image. */
import { clipText } from '../base/clip-text.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type { EnrichedFinding, EnrichedVulnerability } from '../enrichment/enriched-finding.ts';
import type { ImageIssue, ScannedImage } from '../finding/finding.ts';
import { resourceName } from '../finding/resource-name.ts';
import { LIMITS } from './limits.ts';

export const titleOf = (enriched: EnrichedFinding): string =>
  byKind(enriched, {
    vulnerability: vulnerabilityTitle,
    threat: ({ finding: { type, title, sample } }) => `${sample ? '[sample] ' : ''}${type}: ${title}`,
    'image-issue': ({ finding }) => issueTitle(finding),
  });

/** `IMG-001 The image runs as root (shop/checkout:1.4, linux/arm64)`. */
const issueTitle = ({ rule, title, image, tags, platform }: ImageIssue): string => {
  const before = `${clipText(rule, LENGTH.rule)} ${clipText(title, LENGTH.title)} (`;
  const after = `, ${clipText(platform, LENGTH.platform)})`;
  return `${before}${clipText(imageText(image, tags[0]), LIMITS.title - before.length - after.length)}${after}`;
};

/** The image has the rest: the platform, which tells two images of a tag apart, stands last and must not be cut. */
const LENGTH = { rule: 16, title: 80, platform: 40 } as const;

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
