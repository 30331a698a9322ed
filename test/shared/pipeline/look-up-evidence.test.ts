import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { Vulnerability } from '../../../shared/finding/finding.ts';
import { inMemoryDetails } from '../../../shared/memory/details.ts';
import { inMemoryKev } from '../../../shared/memory/kev.ts';
import { type LookUpEvidencePorts, lookUpEvidence } from '../../../shared/pipeline/look-up-evidence.ts';
import { VULNERABILITY } from '../enrichment/findings.ts';
import { KEV_LIST } from '../evidence/lists.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const DETAILS = known({ askedOn: '2026-03-02', epss: 0.5 });
const NOT_LISTED = known({ listed: false, asOf: '2026-03-01' });

const finding = (vulnerabilityId: string, change: Partial<Vulnerability> = {}): Vulnerability => ({
  ...VULNERABILITY,
  vulnerabilityId,
  relatedIds: [],
  ...change,
});

const portsWith = async (change: Partial<LookUpEvidencePorts> = {}): Promise<LookUpEvidencePorts> => {
  const kev = inMemoryKev();
  await kev.put(KEV_LIST);
  const detailsSource = { detailsOf: async (arns: readonly string[]) => arns.map(() => DETAILS) };
  return { kev, details: inMemoryDetails(), detailsSource, ...change };
};
const failing = (error: SekishoError) => async () => {
  throw error;
};

describe('the evidence about findings', () => {
  it('is given one for one, in order', async () => {
    const findings = ['CVE-2024-1086', 'CVE-2024-6119', 'CVE-2021-44228'].map((id) => finding(id));
    const evidence = await lookUpEvidence(findings, await portsWith(), NOW);
    expect(evidence).toMatchObject([
      { kev: { value: { listed: true, id: 'CVE-2024-1086' } }, details: DETAILS },
      { kev: NOT_LISTED, details: DETAILS },
      { kev: { value: { listed: true, id: 'CVE-2021-44228' } }, details: DETAILS },
    ]);
  });

  it('of nothing is nothing', async () => {
    expect(await lookUpEvidence([], await portsWith(), NOW)).toEqual([]);
  });

  it('has CISA’s entry of a CVE behind the id of a vendor', async () => {
    const behind = finding('ALAS2-2021-1732', { relatedIds: ['CVE-2021-44228'] });
    expect(await lookUpEvidence([behind], await portsWith(), NOW)).toMatchObject([
      { kev: { value: { listed: true, id: 'CVE-2021-44228' } } },
    ]);
  });

  it('takes one reading of CISA’s list for all', async () => {
    let reads = 0;
    const kev = {
      ...inMemoryKev(),
      get: async () => {
        reads += 1;
        return KEV_LIST;
      },
    };
    await lookUpEvidence([finding('CVE-1-1'), finding('CVE-1-2')], await portsWith({ kev }), NOW);
    expect(reads).toBe(1);
  });

  it('is not known of CISA before its list was loaded', async () => {
    const evidence = await lookUpEvidence([finding('CVE-2024-6119')], await portsWith({ kev: inMemoryKev() }), NOW);
    expect(evidence).toEqual([
      { kev: unknown('CISA’s list of known exploited vulnerabilities was never loaded'), details: DETAILS },
    ]);
  });

  it('is not known where the reading of the list is rejected for good', async () => {
    const kev = { ...inMemoryKev(), get: failing(new SekishoError('AWS_REJECTED', 'Reading CISA’s list failed: X')) };
    expect(await lookUpEvidence([finding('CVE-2024-6119')], await portsWith({ kev }), NOW)).toEqual([
      { kev: unknown('Reading CISA’s list failed: X'), details: DETAILS },
    ]);
  });

  it.each(['AWS_THROTTLED', 'AWS_UNAVAILABLE', 'AWS_DENIED'] as const)(
    'is looked up again where the table answers the list with %s, and the details are kept for then',
    async (code) => {
      const details = inMemoryDetails();
      const kev = { ...inMemoryKev(), get: failing(new SekishoError(code, 'Not now.')) };
      const ports = await portsWith({ kev, details });
      await expect(lookUpEvidence([finding('CVE-2024-6119')], ports, NOW)).rejects.toMatchObject({ code });
      expect(await details.claim('CVE-2024-6119', NOW)).toEqual({ granted: false, answer: DETAILS });
    },
  );

  it.each(['closed', 'suppressed'] as const)('of a %s finding is CISA’s only', async (status) => {
    const details = inMemoryDetails();
    const over = finding('CVE-2024-6119', { status });
    expect(await lookUpEvidence([over], await portsWith({ details }), NOW)).toEqual([
      { kev: NOT_LISTED, details: unknown('Inspector is asked about active findings only') },
    ]);
    expect(await details.claim('CVE-2024-6119', NOW)).toEqual({ granted: true });
  });

  it('of a closed finding is not that of an active one with the same vulnerability', async () => {
    const findings = [finding('CVE-2024-6119', { status: 'closed' }), finding('CVE-2024-6119')];
    const evidence = await lookUpEvidence(findings, await portsWith(), NOW);
    expect(evidence.map(({ details }) => details.known)).toEqual([false, true]);
  });
});
