/** CISA's binding operational directive 26-04: how soon a federal agency must remediate. A reference, and a floor on request. */
import { AUTOMATABLE, TECHNICAL_IMPACT, type TechnicalImpact, type YesNo } from './decision-points.ts';
import { decisionTable } from './decision-table.ts';

/** Laxest first. */
export const TIMELINES = [
  'fix on system upgrade',
  '60 days',
  '14 days',
  '3 days',
  '3 days & forensic investigation',
] as const;
export type Timeline = (typeof TIMELINES)[number];

type Row = readonly [inKev: YesNo, publiclyExposed: YesNo, automatable: YesNo, technicalImpact: TechnicalImpact];

export const BOD_26_04 = decisionTable<Row, Timeline>({
  id: 'cisa-bod-26-04',
  version: '1.0.0',
  source: 'https://github.com/CERTCC/SSVC/blob/main/data/csv/cisa/cisa_bod_26_04_1_0_0.csv',
  points: [
    { name: 'In KEV', values: ['no', 'yes'] },
    { name: 'Publicly Exposed', values: ['no', 'yes'] },
    AUTOMATABLE,
    TECHNICAL_IMPACT,
  ],
  outcomes: TIMELINES,
  rows: [
    [['no', 'no', 'no', 'partial'], 'fix on system upgrade'],
    [['no', 'no', 'no', 'total'], 'fix on system upgrade'],
    [['no', 'no', 'yes', 'partial'], '60 days'],
    [['no', 'no', 'yes', 'total'], '60 days'],
    [['no', 'yes', 'no', 'partial'], '60 days'],
    [['no', 'yes', 'no', 'total'], '14 days'],
    [['no', 'yes', 'yes', 'partial'], '14 days'],
    [['no', 'yes', 'yes', 'total'], '3 days'],
    [['yes', 'no', 'no', 'partial'], '14 days'],
    [['yes', 'no', 'no', 'total'], '14 days'],
    [['yes', 'no', 'yes', 'partial'], '14 days'],
    [['yes', 'no', 'yes', 'total'], '3 days & forensic investigation'],
    [['yes', 'yes', 'no', 'partial'], '14 days'],
    [['yes', 'yes', 'no', 'total'], '3 days & forensic investigation'],
    [['yes', 'yes', 'yes', 'partial'], '3 days'],
    [['yes', 'yes', 'yes', 'total'], '3 days & forensic investigation'],
  ],
});
