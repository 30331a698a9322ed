import { describe, expect, it } from 'vitest';
import { isFindingDetails } from '../../../shared/evidence/is-finding-details.ts';

const DETAILS = {
  askedOn: '2026-03-02',
  cisa: { dateAdded: '2021-12-10' },
  exploitObserved: { firstSeen: '2021-12-09T00:00:00.000Z', lastSeen: '2026-02-28T10:00:00.000Z' },
  epss: 0.97,
};

describe('details of a finding', () => {
  it.each([
    ['everything', DETAILS],
    ['nothing but the day', { askedOn: '2026-03-02' }],
    ['an entry of CISA’s without a day', { askedOn: '2026-03-02', cisa: {} }],
    ['a field of a later release', { ...DETAILS, riskScore: 95 }],
  ])('may have %s', (_, value) => {
    expect(isFindingDetails(value)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'details'],
    ['no day', { ...DETAILS, askedOn: undefined }],
    ['a time for the day', { ...DETAILS, askedOn: '2026-03-02T12:00:00.000Z' }],
    ['a text for CISA’s entry', { ...DETAILS, cisa: 'yes' }],
    ['a number for a time', { ...DETAILS, exploitObserved: { lastSeen: 1_639_094_400 } }],
    ['a text for EPSS', { ...DETAILS, epss: '0.97' }],
  ])('are none with %s', (_, value) => {
    expect(isFindingDetails(value)).toBe(false);
  });
});
