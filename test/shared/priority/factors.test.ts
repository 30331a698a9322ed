import { expect, it } from 'vitest';
import { scoreInBand, step } from '../../../shared/priority/band.ts';
import {
  assetPoints,
  cvssPoints,
  epssPoints,
  exposurePoints,
  guardDutyPoints,
  isolationClass,
  isolationPoints,
  rawScore,
} from '../../../shared/priority/factors.ts';

it.each([
  ['CVSS 10', cvssPoints(10), 25],
  ['CVSS 7.5, rounded half up', cvssPoints(7.5), 19],
  ['a CVSS score beyond the scale', cvssPoints(11), 25],
  ['EPSS 0.25', epssPoints(0.25), 5],
  ['an unknown EPSS', epssPoints(undefined), 0],
  ['exposure to the internet', exposurePoints('open'), 15],
  ['an unknown exposure', exposurePoints(undefined), 10],
  ['no barrier', isolationPoints(0), 15],
  ['all barriers', isolationPoints(12), 0],
  ['half a barrier more than four', isolationPoints(4.5), 9],
  ['an unknown isolation', isolationPoints(undefined), 8],
  ['an important asset', assetPoints('high'), 10],
  ['GuardDuty 5.0, rounded half up', guardDutyPoints(5), 18],
  ['more than a hundred in sum', rawScore({ one: 60, two: 70 }), 100],
])('%s', (_case, points, expected) => {
  expect(points).toBe(expected);
});

it.each([
  [9, 'strong'],
  [8.5, 'moderate'],
  [3, 'moderate'],
  [2.5, 'weak'],
  [0, 'weak'],
  [undefined, 'unknown'],
] as const)('isolation of %s is %s', (barriers, expected) => {
  expect(isolationClass(barriers)).toBe(expected);
});

it.each([
  ['act', 0, 90],
  ['act', 100, 100],
  ['attend', 50, 80],
  ['track*', 0, 40],
  ['track', 100, 39],
] as const)('%s with raw %s scores %s', (outcome, raw, score) => {
  expect(scoreInBand(outcome, raw)).toBe(score);
});

it.each([
  ['act', 1, 'act'],
  ['track', -1, 'track'],
  ['track', 1, 'track*'],
  ['act', -1, 'attend'],
] as const)('%s moved by %s is %s', (from, levels, to) => {
  expect(step(from, levels)).toBe(to);
});
