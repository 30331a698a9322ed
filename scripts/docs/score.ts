/** The page that lets a reader compute a score by hand, from the functions that compute it. */
import { barriersText } from '../../shared/chat/barrier-text.ts';
import { BARRIER_WEIGHTS, isBarrier } from '../../shared/isolation/barriers.ts';
import { BANDS } from '../../shared/priority/band.ts';
import { OUTCOMES } from '../../shared/priority/decision.ts';
import { cvssPoints, epssPoints, exploitationPoints, guardDutyPoints } from '../../shared/priority/factors.ts';
import { SCORE_OF_SEVERITY } from '../../shared/priority/vector-points.ts';
import { EXPOSURE, issuePoints, listed, SEVERITIES, SHARED, threatPoints } from './score-points.ts';
import { table } from './table.ts';

export const scorePage = (): string =>
  `# Score

The outcome comes from the [tables and rules](../priority.md); the score orders the findings of one outcome. The factors are
summed, at most to 100, and the sum is laid into the outcome's band: \`low + (high − low) × sum ÷ 100\`, rounded half up.

${table(
  ['outcome', 'band', 'Security Hub'],
  OUTCOMES.toReversed().map((outcome) => {
    const { name, low, high, label } = BANDS[outcome];
    return [name.replace('*', '\\*'), `${low} to ${high}`, label];
  }),
)}

## Vulnerabilities

${table(
  ['factor', 'points'],
  [
    [
      'severity',
      `2.5 × CVSS: ${listed([10, 7.5, 5].map((cvss) => [String(cvss), cvssPoints(cvss)]))}. Without a score, by the severity: ${listed(Object.entries(SCORE_OF_SEVERITY).map(([severity, score]) => [severity, cvssPoints(score)]))}`,
    ],
    [
      'exploitation',
      listed((['active', 'public poc', 'none'] as const).map((value) => [value, exploitationPoints(value)])),
    ],
    [
      'epss',
      `10 × √EPSS: ${listed([1, 0.5, 0.1, 0.01].map((epss) => [String(epss), epssPoints(epss)]))} · unknown → ${epssPoints(undefined)}`,
    ],
    EXPOSURE,
    ...SHARED,
  ],
)}

## Threats

GuardDuty's severity gives the base: from 9 Act, from 7 Attend, from 4 Track\\*, else Track.

${table(
  ['factor', 'points'],
  [
    [
      'severity',
      `3.5 × GuardDuty's: ${listed([10, 8, 5, 2].map((severity) => [String(severity), guardDutyPoints(severity)]))}`,
    ],
    [
      'breakout',
      listed(
        (['host-compromise', 'escape-attempt', 'escape-enabler', 'none'] as const).map((breakout) => [
          breakout,
          threatPoints({ breakout }, 'breakout'),
        ]),
      ),
    ],
    [
      'recurrence',
      listed([
        ['seen once', threatPoints({ count: 1 }, 'recurrence')],
        ['more often', threatPoints({ count: 2 }, 'recurrence')],
      ]),
    ],
    [
      'correlation',
      listed(
        (['kev-image', 'other-finding', 'none'] as const).map((correlation) => [
          correlation,
          threatPoints({ correlation }, 'correlation'),
        ]),
      ),
    ],
    ...SHARED,
  ],
)}

## Rules about images

${table(
  ['factor', 'points'],
  [
    ['severity', listed(SEVERITIES.map((ruleSeverity) => [ruleSeverity, issuePoints({ ruleSeverity }, 'severity')]))],
    [
      'confidence',
      listed([
        ['confirmed', issuePoints({ confirmed: true }, 'confidence')],
        ['heuristic', issuePoints({}, 'confidence')],
      ]),
    ],
    [
      'inUse',
      listed([
        ['yes', issuePoints({ inUse: true }, 'inUse')],
        ['no or unknown', issuePoints({}, 'inUse')],
      ]),
    ],
    EXPOSURE,
    ...SHARED,
  ],
)}

## Barriers

What stands between a container and its host, by weight; one that is not known counts half. From 9 on isolation is strong,
to 2.5 it is weak, between them moderate.

${table(
  ['barrier', 'what stands', 'weight'],
  Object.entries(BARRIER_WEIGHTS).map(([name, weight]) => [
    name,
    isBarrier(name) ? barriersText([name]) : '',
    String(weight),
  ]),
)}
`;
