/** Which clauses of published standards a finding falls under. */
import type { EnrichedImageIssue, EnrichedThreat, EnrichedVulnerability } from '../enrichment/enriched-finding.ts';
import { CIS_DOCKER_BENCHMARK, type CisRecommendation } from '../rules/cis-docker-benchmark.ts';
import { NIST_SP_800_190, type NistClause } from '../rules/nist-sp-800-190.ts';
import type { Reference } from './reference.ts';

const nist = (id: NistClause): Reference => ({ standard: 'NIST SP 800-190', id, title: NIST_SP_800_190[id] });
const cis = (id: CisRecommendation): Reference => ({
  standard: 'CIS Docker Benchmark',
  id,
  title: CIS_DOCKER_BENCHMARK[id],
});

/** Risks, countermeasures, scenario, then CIS. What the user's own instructions brought is the app's, once a workload runs it. */
export const referencesOfVulnerability = ({ packages, context }: EnrichedVulnerability): readonly Reference[] => {
  const { workloads } = context;
  const isRunning = workloads.known && workloads.value.length > 0;
  const isOfApp = packages.some(({ instruction }) => instruction.known && instruction.value.origin === 'app');
  const app = isRunning && isOfApp;
  return [
    nist('3.1.1'),
    ...(app ? [nist('3.4.4')] : []),
    nist('4.1.1'),
    ...(app ? [nist('4.4.4')] : []),
    nist('5.1'),
    cis('4.4'),
  ];
};

interface Family {
  readonly types: RegExp;
  readonly references: readonly Reference[];
}

const TAKEN_OVER = [nist('3.4.5'), nist('4.4.5')];
const MALWARE = [nist('3.1.3'), nist('4.1.3'), nist('5.3')];
const MINER = [nist('3.1.3'), nist('3.4.4'), nist('4.1.3'), nist('4.4.4')];
const PRIVILEGED = [nist('3.4.3'), nist('4.4.3'), nist('5.2'), cis('5.5')];
const HOST_MOUNT = [nist('3.4.3'), nist('3.5.5'), nist('4.4.3'), nist('4.5.5'), nist('5.2'), cis('5.6')];
const DOCKER_SOCKET = [nist('3.4.3'), nist('3.5.5'), nist('4.4.3'), nist('4.5.5'), nist('5.2'), cis('5.32')];
const HOST_FILES = [nist('3.5.5'), nist('4.5.5')];
const RUNTIME_SOFTWARE = [nist('3.4.1'), nist('4.4.1'), nist('5.2')];
const KERNEL_MODULE = [nist('3.5.2'), nist('3.5.3'), nist('4.5.2'), nist('4.5.3'), nist('5.2')];
const KERNEL = [nist('3.5.2'), nist('4.5.2'), nist('5.2')];
const ADMINISTRATION = [nist('3.3.1'), nist('4.3.1')];
const ORCHESTRATOR_ACCESS = [nist('3.3.2'), nist('4.3.2')];
const NETWORK = [nist('3.4.2'), nist('4.4.2')];
const APP = [nist('3.4.4'), nist('4.4.4')];

/** The first family that matches counts, so the special types stand before their purpose or their resource. */
const FAMILIES: readonly Family[] = [
  { types: /^AttackSequence:/, references: TAKEN_OVER },
  { types: /\/(MaliciousFile|SuspiciousFile)/, references: MALWARE },
  { types: /\/CryptoMinerExecuted/, references: MINER },
  { types: /[/!]PrivilegedContainer$/, references: PRIVILEGED },
  { types: /[/!]ContainerWithSensitiveMount$|\/ContainerMountsHostDirectory$/, references: HOST_MOUNT },
  { types: /\/DockerSocketAccessed$/, references: DOCKER_SOCKET },
  { types: /\/SensitiveFileModified$/, references: HOST_FILES },
  { types: /\/RuncContainerEscape$/, references: RUNTIME_SOFTWARE },
  { types: /\/KernelModuleLoaded$/, references: KERNEL_MODULE },
  { types: /\/(CGroupsReleaseAgentModified|UserfaultfdUsage)$/, references: KERNEL },
  { types: /^Policy:Kubernetes\/|:Kubernetes\/AnomalousBehavior\.Role/, references: ADMINISTRATION },
  { types: /:Kubernetes\//, references: ORCHESTRATOR_ACCESS },
  { types: /^(Backdoor|CryptoCurrency|Trojan):(Runtime|Lambda)\//, references: NETWORK },
  { types: /^UnauthorizedAccess:(Runtime|Lambda)\//, references: NETWORK },
  { types: /^Impact:Runtime\/.*DomainRequest/, references: NETWORK },
  { types: /:Runtime\/|:IAMUser\/ResourceCredentialExfiltration/, references: APP },
];

/** By GuardDuty's type; empty where no clause is known to be about it. */
export const referencesOfThreat = ({ finding }: EnrichedThreat): readonly Reference[] =>
  FAMILIES.find(({ types }) => types.test(finding.type))?.references ?? [];

/** Those that the rule itself names. */
export const referencesOfImageIssue = ({ finding }: EnrichedImageIssue): readonly Reference[] => [
  ...finding.nist.map(nist),
  ...finding.cis.map(cis),
];
