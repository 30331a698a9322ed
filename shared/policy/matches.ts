/** Whether a rule's `match` takes a subject. What is not known matches nothing. */
import { matchesGlob } from '../base/glob.ts';
import type { Match } from './policy.ts';
import { isRead, type Subject, type TagSource } from './subject.ts';

export const matches = (match: Match, subject: Subject): boolean =>
  isOneOf(match.kinds, subject.kind) &&
  isOneOf(match.accounts, subject.account) &&
  isOneOf(match.regions, subject.region) &&
  isOneOf(match.environments, subject.environment) &&
  isOneOf(match.decisions, subject.decision) &&
  isLike(match.repositories, subject.repository) &&
  isLike(match.threatTypes, subject.threatType) &&
  isLike(match.rules, subject.rule) &&
  (match.imageTags === undefined || subject.imageTags.some((tag) => isLike(match.imageTags, tag))) &&
  namesVulnerability(match.vulnerabilities, subject) &&
  coversPackages(match.packages, subject.packages) &&
  Object.entries(match.resourceTags ?? {}).every(([key, values]) => hasTag(key, values, subject.tagSources));

const isOneOf = (values: readonly string[] | undefined, value: string | undefined): boolean =>
  values === undefined || (value !== undefined && values.includes(value));

const isLike = (patterns: readonly string[] | undefined, text: string | undefined): boolean =>
  patterns === undefined || (text !== undefined && patterns.some((pattern) => matchesGlob(pattern, text)));

const hasTag = (key: string, patterns: readonly string[], sources: readonly TagSource[]): boolean =>
  sources.filter(isRead).some(({ tags }) => Object.hasOwn(tags, key) && isLike(patterns, tags[key]));

/** Ids are compared whatever their case. A vendor's advisory is also named by all of its CVEs together. */
const namesVulnerability = (ids: readonly string[] | undefined, { vulnerabilityId, relatedIds }: Subject): boolean => {
  if (ids === undefined) return true;
  if (vulnerabilityId === undefined) return false;
  const named = new Set(ids.map((id) => id.toUpperCase()));
  const own = vulnerabilityId.toUpperCase();
  if (named.has(own)) return true;
  const cves = relatedIds.map((id) => id.toUpperCase()).filter(isCve);
  return !isCve(own) && cves.length > 0 && cves.every((id) => named.has(id));
};

const isCve = (id: string): boolean => id.startsWith('CVE-');

/** All of them: who accepted one package has said nothing about the others. */
const coversPackages = (patterns: readonly string[] | undefined, packages: readonly string[] | undefined): boolean =>
  patterns === undefined ||
  (packages !== undefined && packages.length > 0 && packages.every((name) => isLike(patterns, name)));
