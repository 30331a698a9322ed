import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import { kevListing } from '../../../shared/evidence/kev-list.ts';
import { KEV_LIST } from './lists.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const LOG4J = known({
  listed: true,
  id: 'CVE-2021-44228',
  entry: { dateAdded: '2021-12-10', ransomware: true },
  asOf: '2026-03-01',
});
const NOT_LISTED = known({ listed: false, asOf: '2026-03-01' });
const NO_CVE = unknown('the scanner names no CVE, and CISA’s list of known exploited vulnerabilities has only these');

describe('whether CISA lists a vulnerability', () => {
  it.each([
    ['its own id', ['CVE-2021-44228']],
    ['its own id in lower case', ['cve-2021-44228']],
    ['a CVE behind the id of a vendor', ['ALAS2-2021-1732', 'CVE-2021-44228']],
    ['the second of its CVEs', ['CVE-2020-1', 'CVE-2021-44228']],
  ])('is told by %s', (_, ids) => {
    expect(kevListing(KEV_LIST, ids, NOW)).toEqual(LOG4J);
  });

  it('is told by the first of its ids that is listed', () => {
    expect(kevListing(KEV_LIST, ['CVE-2024-1086', 'CVE-2021-44228'], NOW)).toMatchObject({
      value: { id: 'CVE-2024-1086', entry: { dateAdded: '2024-05-30', ransomware: false } },
    });
  });

  it.each([
    ['a CVE that is not listed', ['CVE-2024-6119']],
    ['a CVE whose number begins with a listed one', ['CVE-2021-442280']],
    ['one CVE among other ids', ['GHSA-aaaa-bbbb-cccc', 'CVE-2024-6119']],
  ])('is a no for %s', (_, ids) => {
    expect(kevListing(KEV_LIST, ids, NOW)).toEqual(NOT_LISTED);
  });

  it.each([
    ['an advisory of GitHub', ['GHSA-jfh8-c2jp-5v3q']],
    ['an advisory of Amazon Linux', ['ALAS2-2021-1732', 'ALAS2LIVEPATCH-2021-070']],
    ['no id at all', []],
    ['an id that only contains a CVE', ['MGASA-CVE-2021-44228']],
  ])('is not known for %s: CISA lists CVEs only', (_, ids) => {
    expect(kevListing(KEV_LIST, ids, NOW)).toEqual(NO_CVE);
  });

  it('is not known before the list was loaded', () => {
    expect(kevListing(undefined, ['CVE-2021-44228'], NOW)).toEqual(
      unknown('CISA’s list of known exploited vulnerabilities was never loaded'),
    );
  });

  it('is not known of an id that a list of a week ago lacks, to the second', () => {
    const before = new Date('2026-03-08T05:59:59.999Z');
    expect(kevListing(KEV_LIST, ['CVE-2024-6119'], before)).toEqual(NOT_LISTED);
    expect(kevListing(KEV_LIST, ['CVE-2024-6119'], new Date('2026-03-08T06:00:00.000Z'))).toEqual(
      unknown('CISA’s list of known exploited vulnerabilities was last loaded 7 days ago, on 2026-03-01'),
    );
  });

  it('is a yes however old the list is', () => {
    expect(kevListing(KEV_LIST, ['CVE-2021-44228'], new Date('2029-01-01T00:00:00.000Z'))).toEqual(LOG4J);
  });
});
