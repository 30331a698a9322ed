/** The points of single facts, asked of the functions that give them. */
import { decideImageIssue, type ImageIssueFacts } from '../../shared/priority/decide-image-issue.ts';
import { decideThreat, type ThreatFacts } from '../../shared/priority/decide-threat.ts';
import { assetPoints, exposurePoints, isolationPoints } from '../../shared/priority/factors.ts';

/** `active → 25 · none → 0`. */
export const listed = (points: readonly (readonly [string, number])[]): string =>
  points.map(([value, count]) => `${value} → ${count}`).join(' · ');

const THREAT: ThreatFacts = {
  type: '',
  severity: 0,
  breakout: 'none',
  vmBoundary: false,
  mwi: 'low',
  count: 1,
  correlation: 'none',
};
export const threatPoints = (change: Partial<ThreatFacts>, factor: string): number =>
  decideThreat({ ...THREAT, ...change }).factors[factor] ?? 0;

const ISSUE: ImageIssueFacts = {
  ruleSeverity: 'INFO',
  ruleClass: '',
  confirmed: false,
  vmBoundary: false,
  mwi: 'low',
};
export const issuePoints = (change: Partial<ImageIssueFacts>, factor: string): number =>
  decideImageIssue({ ...ISSUE, ...change }).factors[factor] ?? 0;

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] as const;

export const SHARED = [
  [
    'isolation',
    listed([
      ...[12, 9, 6, 3, 0].map((sum) => [`${sum} of 12`, isolationPoints(sum)] as const),
      ['unknown', isolationPoints(undefined)],
    ]),
  ],
  ['asset (Mission & Well-Being)', listed((['high', 'medium', 'low'] as const).map((mwi) => [mwi, assetPoints(mwi)]))],
] as const;

export const EXPOSURE = [
  'exposure',
  listed([
    ...(['open', 'controlled', 'small'] as const).map((exposure) => [exposure, exposurePoints(exposure)] as const),
    ['unknown', exposurePoints(undefined)],
  ]),
] as const;
