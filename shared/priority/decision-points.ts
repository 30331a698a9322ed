/** SSVC's decision points with their values, mildest first, in SSVC's own spelling. */
import type { DecisionPoint } from './decision-table.ts';

export type Exploitation = 'none' | 'public poc' | 'active';
export type YesNo = 'no' | 'yes';
export type TechnicalImpact = 'partial' | 'total';
/** Mission and well-being: how much depends on the workload. */
export type Mwi = 'low' | 'medium' | 'high';
export type Exposure = 'small' | 'controlled' | 'open';

export const EXPLOITATION: DecisionPoint<Exploitation> = {
  name: 'Exploitation',
  values: ['none', 'public poc', 'active'],
};
export const AUTOMATABLE: DecisionPoint<YesNo> = { name: 'Automatable', values: ['no', 'yes'] };
export const TECHNICAL_IMPACT: DecisionPoint<TechnicalImpact> = {
  name: 'Technical Impact',
  values: ['partial', 'total'],
};
export const MWI: DecisionPoint<Mwi> = { name: 'Mission & Well-Being', values: ['low', 'medium', 'high'] };
