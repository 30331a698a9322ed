/** The points of each factor as a bar beside what it could have at most. */
import type { ExplainedFinding } from '../../shared/alerts/explained-finding.ts';
import { plainText } from '../../shared/base/clip-text.ts';
import { INDENT } from './text-layout.ts';

/** What a factor has at most; those of one scheme are 100 together. */
export const MOST_POINTS: Readonly<Record<ExplainedFinding['kind'], Readonly<Record<string, number>>>> = {
  vulnerability: { severity: 25, exploitation: 25, epss: 10, exposure: 15, isolation: 15, asset: 10 },
  threat: { severity: 35, breakout: 20, isolation: 15, asset: 10, recurrence: 5, correlation: 15 },
  'image-issue': { severity: 40, confidence: 15, isolation: 15, exposure: 15, asset: 10, inUse: 5 },
};

/** One character a point: the factors compare by eye. */
export const factorBars = ({ kind, decision }: Pick<ExplainedFinding, 'kind' | 'decision'>): readonly string[] =>
  Object.entries(decision.factors).map(([name, points]) => {
    const most = MOST_POINTS[kind][name];
    const filled = Math.min(LONGEST, Math.max(0, Math.round(points)));
    const bar = `${'█'.repeat(filled)}${'·'.repeat(Math.max(0, (most ?? 0) - filled))}`;
    return `${INDENT}${plainText(name).padEnd(NAME)} ${String(points).padStart(NUMBER)}${most === undefined ? '' : ` of ${most}`}`
      .padEnd(BAR_COLUMN)
      .concat(bar)
      .trimEnd();
  });

const LONGEST = 50;
const NAME = 14;
const NUMBER = 3;
const BAR_COLUMN = 28;
