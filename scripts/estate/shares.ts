/**
 * How common what is among vulnerabilities, with who says so; what nobody says is marked as assumed.
 *
 * - Known exploited: CISA's catalogue had 1,404 entries on 2025-08-25 (github.com/cisagov/kev-data), and some 0.5 % of
 *   all CVEs (riskbasedprioritization.github.io, Data Sources). 293 of the 1,404, 21 %, are used by ransomware. Over all
 *   kinds of assets 1.0 % of the open findings were of listed CVEs in 2022 (Kenna and Cyentia, Prioritization to
 *   Prediction 9); a quarter of the catalogue is Microsoft's, which no image of ours has. 0.5 % is taken.
 * - Their kinds: remote code execution 40 % and more, privilege escalation some 20 % (safeguard.sh, one year of KEV).
 *   The vectors that stand for these kinds are assumed.
 * - Public exploits: 4.1 % of CVEs have exploit code within a year (Householder and others, CSET 2020), 12 % are in
 *   ExploitDB at any time (25,000 of 200,000; riskbasedprioritization.github.io). 5.5 % is assumed of what Inspector
 *   calls available, apart from listed CVEs, which all have one.
 * - EPSS: the score at a percentile, as public code quotes the answers of FIRST's API: 0.0015 at 0.511 (2024-01-03),
 *   0.13769 at 0.93995 (model v2025.03.14), 0.94358 at 0.9996 (2026). That 0.9 is at 0.995 is assumed, and between the
 *   points it is drawn on the scale of logarithms. That listed CVEs are in the highest 7 %, and those with an exploit in
 *   the highest 40 %, is assumed. (FIRST and Cyentia, 2024: some 6 % of all CVEs were ever seen exploited.)
 * - Severity: 15 % critical, 42 % high, 41 % medium, 2 % low, of the size of NVD's own CVSS 3 scores over all years
 *   (assumed: the dashboard could not be read again). In 2025 8.3 % were critical and 31.1 % high (defendermate.com,
 *   2026-04-08): an estate of that year alone would be milder. Within a severity the vectors are ones that NVD gives
 *   often; how often is assumed.
 * - Without a score: 3 %, assumed. Inspector calls them UNTRIAGED.
 * - Fixable: 71 % of the vulnerabilities in images have a fix that was not applied (Sysdig, 2023).
 */
import type { Shares } from './random.ts';

export const KNOWN_EXPLOITED = 0.005;
export const RANSOMWARE = 0.21;
/** Of those that are not known to be exploited. */
export const PUBLIC_EXPLOIT = 0.055;
export const FIXABLE = 0.71;
export const WITHOUT_SCORE = 0.03;

/** Percentile → score, ascending. */
export const EPSS_QUANTILES = [
  [0, 0.0001],
  [0.511, 0.0015],
  [0.93995, 0.13769],
  [0.995, 0.9],
  [0.9996, 0.94358],
  [1, 0.945],
] as const;
/** From which percentile on these are. */
export const EPSS_OF_EXPLOITED = 0.93;
export const EPSS_WITH_EXPLOIT = 0.6;

export type Severity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

export const SEVERITIES: Shares<Severity> = [
  ['CRITICAL', 15],
  ['HIGH', 42],
  ['MEDIUM', 41],
  ['LOW', 2],
];

export interface Flaw {
  readonly severity: Severity;
  readonly score: number;
  /** CVSS 3.1, without its prefix. */
  readonly vector: string;
  /** What the vector says about SSVC's points. */
  readonly automatable: 'no' | 'yes';
  readonly impact: 'partial' | 'total';
}

type Kind = readonly [automatable: Flaw['automatable'], impact: Flaw['impact']];

const flaw = (severity: Severity, score: number, vector: string, [automatable, impact]: Kind): Flaw => ({
  severity,
  score,
  vector,
  automatable,
  impact,
});

const TAKEOVER: Kind = ['yes', 'total'];
const TOTAL: Kind = ['no', 'total'];
const ANYONE: Kind = ['yes', 'partial'];
const PARTIAL: Kind = ['no', 'partial'];

const RCE = flaw('CRITICAL', 9.8, 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', TAKEOVER);
const CLICK = flaw('HIGH', 8.8, 'AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', TOTAL);
const LOCAL_ROOT = flaw('HIGH', 7.8, 'AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', TOTAL);
const DENIAL = flaw('HIGH', 7.5, 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', ANYONE);
const DISCLOSURE = flaw('HIGH', 7.5, 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', ANYONE);

export const FLAWS: Readonly<Record<Severity, Shares<Flaw>>> = {
  CRITICAL: [
    [RCE, 75],
    [flaw('CRITICAL', 9.1, 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H', ANYONE), 12],
    [flaw('CRITICAL', 9.1, 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N', TAKEOVER), 8],
    [flaw('CRITICAL', 9.0, 'AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H', TOTAL), 5],
  ],
  HIGH: [
    [DENIAL, 30],
    [LOCAL_ROOT, 25],
    [CLICK, 15],
    [flaw('HIGH', 7.8, 'AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', TOTAL), 10],
    [flaw('HIGH', 8.8, 'AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', TOTAL), 10],
    [DISCLOSURE, 6],
    [flaw('HIGH', 8.1, 'AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H', TOTAL), 4],
  ],
  MEDIUM: [
    [flaw('MEDIUM', 5.5, 'AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H', PARTIAL), 30],
    [flaw('MEDIUM', 6.5, 'AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H', PARTIAL), 20],
    [flaw('MEDIUM', 6.1, 'AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', PARTIAL), 15],
    [flaw('MEDIUM', 5.3, 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L', ANYONE), 15],
    [flaw('MEDIUM', 5.9, 'AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H', PARTIAL), 12],
    [flaw('MEDIUM', 4.7, 'AV:L/AC:H/PR:L/UI:N/S:U/C:N/I:N/A:H', PARTIAL), 8],
  ],
  LOW: [
    [flaw('LOW', 3.3, 'AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:L', PARTIAL), 60],
    [flaw('LOW', 3.7, 'AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:L', PARTIAL), 40],
  ],
};

export const EXPLOITED_FLAWS: Shares<Flaw> = [
  [RCE, 45],
  [CLICK, 20],
  [LOCAL_ROOT, 20],
  [DISCLOSURE, 10],
  [DENIAL, 5],
];
