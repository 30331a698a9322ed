/** EventBridge's rate expressions: how often a rule on a schedule runs. */

const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['minute', 60_000],
  ['hour', 60 * 60_000],
  ['day', 24 * 60 * 60_000],
]);

/** `rate(5 minutes)` in milliseconds; undefined for any other text. A 1 has its unit in the singular, and only a 1. */
export const ratePeriodMs = (expression: string): number | undefined => {
  const [, value, unit = '', plural] = /^rate\((\d+)\s+(\w+?)(s?)\)$/.exec(expression) ?? [];
  const unitMs = UNITS_MS.get(unit);
  const count = Number(value);
  if (unitMs === undefined || count < 1 || (count === 1) !== (plural === '')) return undefined;
  return count * unitMs;
};
