/** The clauses of standards that a finding falls under, as Security Hub lists them. */
import type { Reference } from '../priority/reference.ts';
import { CIS_DOCKER_VERSION } from '../rules/cis-docker-benchmark.ts';
import { LIMITS, nonEmpty } from './limits.ts';

/** SP 800-190 was never revised; the benchmark's numbers mean nothing without their version. */
const STANDARD = {
  'NIST SP 800-190': 'NIST SP 800-190',
  'CIS Docker Benchmark': `CIS Docker Benchmark ${CIS_DOCKER_VERSION}`,
} as const satisfies Record<Reference['standard'], string>;

/** `NIST SP 800-190 3.1.1`. */
export const requirementText = ({ standard, id }: Reference): string => `${STANDARD[standard]} ${id}`;

export const relatedRequirements = (references: readonly Reference[]): readonly string[] =>
  references
    .flatMap((reference) => nonEmpty(requirementText(reference), LIMITS.relatedRequirement) ?? [])
    .slice(0, LIMITS.relatedRequirements);
