/** A decision table as SSVC publishes them: ordered decision points, ordered outcomes, one row per combination. */

/** `values` mildest first. */
export interface DecisionPoint<V extends string = string> {
  readonly name: string;
  readonly values: readonly V[];
}

export interface TableData<V extends readonly string[], O extends string> {
  readonly id: string;
  readonly version: string;
  /** Where the rows were published. */
  readonly source: string;
  readonly points: { readonly [I in keyof V]: DecisionPoint<V[I]> };
  /** Mildest first. */
  readonly outcomes: readonly O[];
  readonly rows: readonly (readonly [values: V, outcome: O])[];
}

export interface DecisionTable<V extends readonly string[], O extends string> extends TableData<V, O> {
  readonly outcomeOf: (...values: V) => O;
}

/**
 * The table, checked: every combination once, a worse value never gives a milder outcome, and no column is without
 * influence. Throws TypeError when the data is broken, so that a broken table stops the start and not a finding.
 */
export const decisionTable = <V extends readonly string[], O extends string>(
  data: TableData<V, O>,
): DecisionTable<V, O> => {
  const points: readonly DecisionPoint[] = data.points;
  const broken = (what: string): TypeError => new TypeError(`decision table ${data.id} ${data.version}: ${what}`);

  const outcomes = new Map<string, O>();
  for (const [values, outcome] of data.rows) {
    const key = keyOf(values);
    if (outcomes.has(key)) throw broken(`two rows for ${key}`);
    if (!data.outcomes.includes(outcome)) throw broken(`${outcome} is not an outcome`);
    outcomes.set(key, outcome);
  }

  const combinations = combinationsOf(points);
  if (outcomes.size > combinations.length) throw broken('a row names a value that no decision point has');
  const severityOf = (values: readonly string[]): number => {
    const outcome = outcomes.get(keyOf(values));
    if (outcome === undefined) throw broken(`no row for ${keyOf(values)}`);
    return data.outcomes.indexOf(outcome);
  };

  const influential = new Set<number>();
  for (const values of combinations) {
    const severity = severityOf(values);
    for (const [column, worse] of worseBy(values, points)) {
      const worseSeverity = severityOf(worse);
      if (worseSeverity < severity) throw broken(`${keyOf(worse)} is milder than ${keyOf(values)}`);
      if (worseSeverity > severity) influential.add(column);
    }
  }
  const idle = points.find((_point, column) => !influential.has(column));
  if (idle) throw broken(`${idle.name} has no influence`);

  return {
    ...data,
    outcomeOf: (...values) => {
      const outcome = outcomes.get(keyOf(values));
      if (outcome === undefined) throw broken(`no row for ${keyOf(values)}`);
      return outcome;
    },
  };
};

const keyOf = (values: readonly string[]): string => values.join(' / ');

const combinationsOf = (points: readonly DecisionPoint[]): readonly (readonly string[])[] =>
  points.reduce<readonly (readonly string[])[]>(
    (rows, point) => rows.flatMap((row) => point.values.map((value) => [...row, value])),
    [[]],
  );

/** The combinations that are one value worse in one column. */
const worseBy = (
  values: readonly string[],
  points: readonly DecisionPoint[],
): readonly (readonly [number, readonly string[]])[] =>
  points.flatMap((point, column) => {
    const worse = point.values[point.values.indexOf(values[column] ?? '') + 1];
    return worse === undefined ? [] : [[column, values.with(column, worse)] as const];
  });
