import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactKevList, kevListFromCompact } from '../../../shared/evidence/compact-kev-list.ts';
import { KEV_LIST, listOf } from './lists.ts';

const COMPACT = {
  version: '2026.03.01',
  loadedAt: '2026-03-01T06:00:00.000Z',
  added: { '2021-12-10': ['CVE-2021-44228', 'CVE-2021-40438'], '2024-05-30': ['CVE-2024-1086'] },
  ransomware: ['CVE-2021-44228'],
};

describe('CISA’s list in few bytes', () => {
  it('has the ids by the day they were added', () => {
    expect(compactKevList(KEV_LIST)).toEqual(COMPACT);
  });

  it('is below 100 KB with 2,500 entries', () => {
    expect(Buffer.byteLength(JSON.stringify(compactKevList(listOf(2_500))))).toBeLessThan(100_000);
  });

  it('gives back every list as it was', () => {
    const id = fc.tuple(fc.integer({ min: 1999, max: 2099 }), fc.integer({ min: 1000, max: 9_999_999 }));
    const day = fc
      .date({ min: new Date('2021-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const entries = fc.array(fc.tuple(id, fc.record({ dateAdded: day, ransomware: fc.boolean() })));
    fc.assert(
      fc.property(entries, fc.string(), (listed, version) => {
        const list = {
          version,
          loadedAt: '2026-03-01T06:00:00.000Z',
          entries: new Map(listed.map(([[year, number], entry]) => [`CVE-${year}-${number}`, entry])),
        };
        expect(kevListFromCompact(JSON.parse(JSON.stringify(compactKevList(list))))).toEqual(list);
      }),
    );
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'list'],
    ['no version', { ...COMPACT, version: undefined }],
    ['no time', { ...COMPACT, loadedAt: 'yesterday' }],
    ['ids by no day', { ...COMPACT, added: { later: ['CVE-2021-44228'] } }],
    ['ids that are no texts', { ...COMPACT, added: { '2021-12-10': [1] } }],
    ['no word on ransomware', { ...COMPACT, ransomware: undefined }],
  ])('is no list with %s', (_, value) => {
    expect(kevListFromCompact(value)).toBeUndefined();
  });
});
