/** Addresses outside AWS that functions are told of, and what stands in for them here: nothing leaves this machine. */

/** Where the runtime answers for CISA's catalogue of known exploited vulnerabilities. */
export const KEV_ROUTE = '/_local/outside/kev.json';

const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json', KEV_ROUTE],
]);

/**
 * The environment of a function with the stand-in's address in place of every value that is such an address, and
 * nothing more: an address that somebody else chose is called.
 */
export const withStandIns = (
  environment: Readonly<Record<string, string>>,
  endpoint: string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => {
      const route = STAND_INS.get(value);
      return [name, route === undefined ? value : `${endpoint}${route}`];
    }),
  );
