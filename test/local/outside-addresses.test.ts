import { describe, expect, it } from 'vitest';
import { withStandIns } from '../../local/outside-addresses.ts';

const CISA = 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';
const HERE = 'http://127.0.0.1:4700';

describe('the environment of a function', () => {
  it('has the address of the stand-in in place of CISA’s, whatever the variable is called', () => {
    expect(withStandIns({ KEV_FEED_URL: CISA, OTHER: CISA }, HERE)).toEqual({
      KEV_FEED_URL: `${HERE}/_local/outside/kev.json`,
      OTHER: `${HERE}/_local/outside/kev.json`,
    });
  });

  it.each(['https://mirror.example.org/kev.json', `${CISA}?fresh`, CISA.toUpperCase(), 'on', ''])(
    'keeps %j as it is',
    (value) => {
      expect(withStandIns({ KEV_FEED_URL: value }, HERE)).toEqual({ KEV_FEED_URL: value });
    },
  );
});
