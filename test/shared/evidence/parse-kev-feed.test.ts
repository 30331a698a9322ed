import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKevFeed } from '../../../shared/evidence/parse-kev-feed.ts';
import { feedOf, LOG4J } from './lists.ts';

const NOW = new Date('2026-03-02T06:00:00.000Z');
const parse = (text: string) => parseKevFeed(text, NOW);
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...LOG4J, cveID: `CVE-2021-${10_000 + index}` }));

describe('CISA’s feed', () => {
  it('gives the entries by their ids, with the version of the catalogue and the time it was loaded', () => {
    const netlogon = {
      ...LOG4J,
      cveID: 'CVE-2020-1472',
      dateAdded: '2021-11-03',
      knownRansomwareCampaignUse: 'Unknown',
    };
    expect(parse(feedOf([LOG4J, netlogon]))).toEqual({
      version: '2026.03.01',
      loadedAt: '2026-03-02T06:00:00.000Z',
      entries: new Map([
        ['CVE-2021-44228', { dateAdded: '2021-12-10', ransomware: true }],
        ['CVE-2020-1472', { dateAdded: '2021-11-03', ransomware: false }],
      ]),
    });
  });

  it('needs no more than the fields that are used', () => {
    const text = '{"catalogVersion":"1","vulnerabilities":[{"cveID":"CVE-2021-44228","dateAdded":"2021-12-10"}]}';
    expect(parse(text).entries).toEqual(new Map([['CVE-2021-44228', { dateAdded: '2021-12-10', ransomware: false }]]));
  });

  it('takes a number of 19 digits, which the CVE record format allows', () => {
    const id = 'CVE-2030-1234567890123456789';
    expect([...parse(feedOf([{ ...LOG4J, cveID: id }])).entries.keys()]).toEqual([id]);
  });

  it('reads the same with any fields added', () => {
    const added = fc.dictionary(
      fc.string().filter((name) => !(name in LOG4J)),
      fc.jsonValue(),
    );
    const onTop = fc.dictionary(
      fc.string().filter((name) => !['catalogVersion', 'vulnerabilities'].includes(name)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(added, onTop, (entry, top) => {
        expect(parse(feedOf([{ ...entry, ...LOG4J }], top))).toEqual(parse(feedOf([LOG4J])));
      }),
    );
  });

  it('may have 10,000 entries, and not one more', () => {
    expect(parse(feedOf(many(10_000))).entries.size).toBe(10_000);
    expect(() => parse(feedOf(many(10_001)))).toThrow('CISA’s feed has no usable vulnerabilities.');
  });

  it.each([
    ['no JSON', '<html>', 'CISA’s feed is not JSON.'],
    ['nothing', '', 'CISA’s feed is not JSON.'],
    ['a list', '[]', 'CISA’s feed has no usable JSON object.'],
    ['null', 'null', 'CISA’s feed has no usable JSON object.'],
    ['no vulnerabilities', '{"catalogVersion":"1"}', 'CISA’s feed has no usable vulnerabilities.'],
    ['an empty list of them', feedOf([]), 'CISA’s feed has no usable vulnerabilities.'],
    [
      'vulnerabilities that are no list',
      feedOf([], { vulnerabilities: {} }),
      'CISA’s feed has no usable vulnerabilities.',
    ],
    ['no version', feedOf([LOG4J], { catalogVersion: undefined }), 'CISA’s feed has no usable catalogVersion.'],
    ['an empty version', feedOf([LOG4J], { catalogVersion: '' }), 'CISA’s feed has no usable catalogVersion.'],
    [
      'a version of any length',
      feedOf([LOG4J], { catalogVersion: '1'.repeat(65) }),
      'CISA’s feed has no usable catalogVersion.',
    ],
    [
      'an entry that is none',
      feedOf([LOG4J], { vulnerabilities: ['CVE-2021-44228'] }),
      'CISA’s feed has no usable vulnerabilities.0.',
    ],
  ])('that is %s is refused', (_, text, message) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'FEED_INVALID', retryable: true, message }));
  });

  it.each([
    ['no id', { cveID: undefined }, 'cveID'],
    ['an id in lower case', { cveID: 'cve-2021-44228' }, 'cveID'],
    ['an id of another list', { cveID: 'GHSA-jfh8-c2jp-5v3q' }, 'cveID'],
    ['an id with something behind it', { cveID: 'CVE-2021-44228\n' }, 'cveID'],
    ['an id of three digits', { cveID: 'CVE-2021-442' }, 'cveID'],
    ['an id of 20 digits', { cveID: 'CVE-2021-12345678901234567890' }, 'cveID'],
    ['no day', { dateAdded: undefined }, 'dateAdded'],
    ['a day that no calendar has', { dateAdded: '2021-02-30' }, 'dateAdded'],
    ['a day in another form', { dateAdded: '12/10/2021' }, 'dateAdded'],
    ['a time for the day', { dateAdded: '2021-12-10T00:00:00Z' }, 'dateAdded'],
    ['a ransomware use that is no text', { knownRansomwareCampaignUse: true }, 'knownRansomwareCampaignUse'],
  ])('with an entry that has %s is refused as a whole', (_, change, field) => {
    expect(() => parse(feedOf([LOG4J, { ...LOG4J, ...change }]))).toThrow(
      expect.objectContaining({
        code: 'FEED_INVALID',
        message: `CISA’s feed has no usable vulnerabilities.1.${field}.`,
      }),
    );
  });

  it('is read or refused with a code, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'FEED_INVALID' }));
      }),
    );
  });
});
