import { describe, expect, it } from 'vitest';
import { decisionTable, type TableData } from '../../../shared/priority/decision-table.ts';

type Row = readonly [string, string];

const TABLE: TableData<Row, string> = {
  id: 'umbrella',
  version: '1.0.0',
  source: 'made up',
  points: [
    { name: 'Rain', values: ['dry', 'wet'] },
    { name: 'Wind', values: ['calm', 'storm'] },
  ],
  outcomes: ['leave', 'take'],
  rows: [
    [['dry', 'calm'], 'leave'],
    [['dry', 'storm'], 'leave'],
    [['wet', 'calm'], 'leave'],
    [['wet', 'storm'], 'take'],
  ],
};

const withRow = (index: number, row: readonly [Row, string]): TableData<Row, string> => ({
  ...TABLE,
  rows: TABLE.rows.with(index, row),
});

describe('decisionTable', () => {
  it('looks its rows up', () => {
    expect(decisionTable(TABLE).outcomeOf('wet', 'storm')).toBe('take');
    expect(decisionTable(TABLE).outcomeOf('dry', 'storm')).toBe('leave');
  });

  it.each([
    ['a missing row', { ...TABLE, rows: TABLE.rows.slice(1) }, 'no row for dry / calm'],
    ['a row twice', { ...TABLE, rows: [...TABLE.rows, TABLE.rows[0] ?? [['', ''], '']] }, 'two rows for dry / calm'],
    ['an unknown outcome', withRow(3, [['wet', 'storm'], 'run']), 'run is not an outcome'],
    [
      'an unknown value',
      { ...TABLE, rows: [...TABLE.rows, [['hail', 'calm'], 'take'] as const] },
      'no decision point has',
    ],
    [
      'a worse value with a milder outcome',
      withRow(0, [['dry', 'calm'], 'take']),
      'wet / calm is milder than dry / calm',
    ],
    [
      'a column without influence',
      {
        ...TABLE,
        rows: [
          [['dry', 'calm'], 'leave'],
          [['dry', 'storm'], 'leave'],
          [['wet', 'calm'], 'take'],
          [['wet', 'storm'], 'take'],
        ] as const,
      },
      'Wind has no influence',
    ],
  ])('refuses %s', (_case, broken: TableData<Row, string>, message) => {
    expect(() => decisionTable(broken)).toThrow(message);
    expect(() => decisionTable(broken)).toThrow(TypeError);
  });
});
