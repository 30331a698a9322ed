/** Decided findings for tests, with a decision written by hand; each test changes only the field that it is about. */
import { type Known, known, unknown } from '../../shared/base/known.ts';
import type { Tags } from '../../shared/base/tags.ts';
import { enrichImageIssue } from '../../shared/enrichment/enrich-image-issue.ts';
import type {
  EnrichedFinding,
  EnrichedImageIssue,
  EnrichedThreat,
  RuntimeContext,
} from '../../shared/enrichment/enriched-finding.ts';
import type { ImageIssue, Threat, Vulnerability } from '../../shared/finding/finding.ts';
import { findingKey } from '../../shared/finding/finding-key.ts';
import type { ImageReference } from '../../shared/image/image-reference.ts';
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';
import { decisionFingerprint } from '../../shared/priority/decided-state.ts';
import type { Decision, Outcome } from '../../shared/priority/decision.ts';
import type { Handling } from '../../shared/priority/handling.ts';
import { IMAGE, IMAGE_ISSUE, ON_FARGATE, THREAT } from '../shared/enrichment/findings.ts';
import { enriched } from './enriched.ts';

/** Of a vulnerability that nobody exploits, in a package with a fix, on Fargate. */
export const DECISION: Decision = {
  outcome: 'track',
  score: 17,
  label: 'LOW',
  base: 'track',
  rules: [],
  factors: { severity: 19, exploitation: 0, epss: 1, exposure: 10, isolation: 5, asset: 6 },
  raw: 41,
  scheme: 'vulnerability-v1+cisa-coordinator-2.0.3',
  reason: 'Track: no exploit is known, it gives only partial control; runs on ECS Fargate (VM boundary)',
  unknowns: ['exposure is not known', 'CISA’s list of known exploited vulnerabilities was never loaded'],
  points: [
    {
      name: 'Exploitation',
      possible: ['none', 'public poc', 'active'],
      taken: 'none',
      evidence: 'CISA’s list of known exploited vulnerabilities was never loaded',
    },
    { name: 'Automatable', possible: ['yes'], taken: 'yes', evidence: 'by its CVSS vector' },
    { name: 'System Exposure', possible: ['small', 'controlled', 'open'], evidence: 'nobody says where it listens' },
  ],
  worst: { outcome: 'attend', if: 'it is exploited in the wild' },
  remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
  due: { because: 'with the next rebuild, by the policy' },
  bod2604: '60 days',
  references: [
    { standard: 'NIST SP 800-190', id: '3.1.1', title: 'Image vulnerabilities' },
    {
      standard: 'CIS Docker Benchmark',
      id: '4.4',
      title: 'Ensure images are scanned and rebuilt to include security patches',
    },
  ],
  fix: {
    kind: 'upgrade-packages',
    instruction: { position: 5, text: 'RUN apt-get install -y openssl', origin: 'app' },
    packages: [{ name: 'openssl', installed: '3.0.11', fixed: '3.0.13' }],
  },
};

export const HANDLING: Handling = { destinations: ['slack'], mention: false };

export const enrichedThreat = (
  finding: Partial<Threat> = {},
  image: Known<ImageReference> = known(IMAGE),
  context: RuntimeContext = ON_FARGATE,
  repositoryTags: Known<Tags> = unknown('the tags were not read'),
): EnrichedThreat => ({ finding: { ...THREAT, ...finding }, image, repositoryTags, context });

export const enrichedIssue = (
  finding: Partial<ImageIssue> = {},
  context: RuntimeContext = ON_FARGATE,
  repositoryTags: Known<Tags> = unknown('the tags were not read'),
): EnrichedImageIssue => enrichImageIssue({ ...IMAGE_ISSUE, ...finding }, repositoryTags, context);

export interface DecisionChange {
  readonly version?: string;
  readonly decidedAt?: string;
  readonly fingerprint?: string;
  readonly decision?: Partial<Decision>;
  readonly handling?: Partial<Handling>;
}

export const decidedFrom = (
  finding: EnrichedFinding,
  { version, decidedAt, fingerprint, decision, handling }: DecisionChange = {},
): DecidedFinding => ({
  message: 5,
  enriched: finding,
  workloadsLeftOut: 0,
  decision: { ...DECISION, ...decision },
  handling: { ...HANDLING, ...handling },
  policy: 'built-in',
  contextRules: [],
  version: version ?? `${finding.finding.updatedAt}|0|a`,
  decidedAt: decidedAt ?? '2026-03-02T10:05:00.000Z',
  fingerprint: fingerprint ?? decisionFingerprint({ ...DECISION, ...decision }, { ...HANDLING, ...handling }),
});

export interface DecidedChange extends DecisionChange {
  readonly id?: string;
  readonly outcome?: Outcome;
  readonly finding?: Partial<Vulnerability>;
}

/** One finding per `id`, active, on Fargate. */
export const decided = ({
  id = 'CVE-2024-6119',
  outcome = DECISION.outcome,
  finding = {},
  decision,
  ...change
}: DecidedChange = {}): DecidedFinding =>
  decidedFrom(enriched({ vulnerabilityId: id, key: findingKey('inspector2', [id]), ...finding }), {
    ...change,
    decision: { outcome, ...decision },
  });
