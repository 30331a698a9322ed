/** The vulnerable packages and their scores, as Security Hub's Vulnerabilities. */
import type { AttributedPackage, EnrichedVulnerability } from '../enrichment/enriched-finding.ts';
import type { Cvss } from '../finding/finding.ts';
import type { AsffVulnerability } from './asff.ts';
import { BOUNDS, field, LIMITS, nonEmpty } from './limits.ts';

/** At most `most` of the packages. */
export const vulnerabilitiesFromEnriched = (
  { finding, packages }: EnrichedVulnerability,
  most: number,
): readonly AsffVulnerability[] => [
  {
    Id: nonEmpty(finding.vulnerabilityId, BOUNDS.text) ?? finding.key,
    ...listed('VulnerablePackages', packages.slice(0, most).map(packageFrom)),
    ...listed('Cvss', different(finding.cvss.map(cvssFrom)).slice(0, BOUNDS.cvss)),
    ...listed(
      'ReferenceUrls',
      [nonEmpty(finding.sourceUrl, LIMITS.id)].flatMap((url) => url ?? []),
    ),
    ...(finding.fixAvailable && { FixAvailable: finding.fixAvailable }),
    ...(finding.exploitAvailable !== undefined && { ExploitAvailable: finding.exploitAvailable ? 'YES' : 'NO' }),
    ...(finding.epss !== undefined && { EpssScore: finding.epss }),
    ...field('LastKnownExploitAt', finding.lastKnownExploitAt, BOUNDS.text),
  },
];

const packageFrom = (found: AttributedPackage) => ({
  ...field('Name', found.name, BOUNDS.text),
  ...field('Version', found.version, BOUNDS.text),
  ...(found.epoch !== undefined && { Epoch: String(found.epoch) }),
  ...field('Release', found.release, BOUNDS.text),
  ...field('PackageManager', found.packageManager, BOUNDS.text),
  ...field('FilePath', found.filePath, BOUNDS.text),
  ...field('FixedInVersion', found.fixedInVersion, BOUNDS.text),
  ...field('SourceLayerHash', found.layer, BOUNDS.layerHash),
  ...field('Remediation', found.remediation, BOUNDS.text),
});

const cvssFrom = ({ version, score, vector, source }: Cvss) => ({
  ...field('Version', version, BOUNDS.text),
  BaseScore: score,
  ...field('BaseVector', vector, BOUNDS.text),
  ...field('Source', source, BOUNDS.text),
});

/** The first of those that read the same: a scanner may repeat its own score among those of the sources. */
const different = <T>(items: readonly T[]): readonly T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

const listed = <K extends string, T>(key: K, items: readonly T[]): { readonly [P in K]?: readonly T[] } => {
  const none: { readonly [P in K]?: readonly T[] } = {};
  return items.length > 0 ? { ...none, [key]: items } : none;
};
