/** Vulnerabilities from any scanner: join each with its image and the place it runs in, decide, and pass it on. */

import { allEnded } from '../base/ended.ts';
import type { SekishoError } from '../base/errors.ts';
import { unknown } from '../base/known.ts';
import { ok, type Result } from '../base/result.ts';
import { enrichVulnerability } from '../enrichment/enrich-vulnerability.ts';
import type { Evidence } from '../enrichment/enriched-finding.ts';
import type { Vulnerability } from '../finding/finding.ts';
import { userIsRoot } from '../isolation/user.ts';
import { weakestIsolation } from '../isolation/weakest-isolation.ts';
import type { Policy } from '../policy/policy.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { decideByPolicy } from './decide-by-policy.ts';
import { type ImageContext, type ImageContextPorts, imageContexts } from './image-contexts.ts';
import { type LookUpEvidencePorts, lookUpEvidence } from './look-up-evidence.ts';
import type { DecidedQueue } from './ports.ts';
import { settleBatch } from './settle-batch.ts';
import { done, type Settled } from './settled.ts';

export interface ProcessVulnerabilitiesPorts extends ImageContextPorts, LookUpEvidencePorts {
  readonly decided: DecidedQueue;
}

/**
 * One result per finding, in order. A missing context never holds a finding up: it is decided with what is unknown
 * named. Where an image, or what others know, may be read later, the findings that it concerns fail and the others go on.
 */
export const processVulnerabilities = async (
  findings: readonly Vulnerability[],
  ports: ProcessVulnerabilitiesPorts,
  policy: Policy,
): Promise<readonly Result<Settled, SekishoError>[]> => {
  const now = ports.clock.now();
  const [contextOf, evidence] = await allEnded([imageContexts(findings, ports), lookUpEvidence(findings, ports, now)]);
  const decided = findings.map((finding, at): Result<DecidedFinding, SekishoError> => {
    const context = contextOf(finding.image);
    if (!context.ok) return context;
    const found = evidence[at] ?? ok(NO_EVIDENCE);
    if (!found.ok) return found;
    return ok(decideByPolicy(enrich(finding, context.value, found.value), policy, now));
  });
  return settleBatch(decided, async (findings) => (await ports.decided.send(findings)).map(done));
};

const NO_EVIDENCE: Evidence = { kev: unknown('not looked up'), details: unknown('not looked up') };

const enrich = (finding: Vulnerability, { dossier, workloads, repositoryTags }: ImageContext, evidence: Evidence) => {
  const isolation = weakestIsolation(workloads, dossier.known ? userIsRoot(dossier.value.user) : undefined);
  return enrichVulnerability(finding, { dossier, context: { workloads, isolation }, evidence, repositoryTags });
};
