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
/** Of all findings, none of which fails. */
const evidenceOf = async (findings: readonly Vulnerability[], ports: LookUpEvidencePorts) =>
  (await lookUpEvidence(findings, ports, NOW)).map((result) => (result.ok ? result.value : result.error));
const failing = (error: SekishoError) => async () => {
  throw error;
};

describe('the evidence about findings', () => {
  it('is given one for one, in order', async () => {
    const findings = ['CVE-2024-1086', 'CVE-2024-6119', 'CVE-2021-44228'].map((id) => finding(id));
    const evidence = await evidenceOf(findings, await portsWith());
    expect(evidence).toMatchObject([
      { kev: { value: { listed: true, id: 'CVE-2024-1086' } }, details: DETAILS },
      { kev: NOT_LISTED, details: DETAILS },
      { kev: { value: { listed: true, id: 'CVE-2021-44228' } }, details: DETAILS },
    ]);
  });

  it('of nothing is nothing', async () => {
    expect(await evidenceOf([], await portsWith())).toEqual([]);
  });

  it('has CISA’s entry of a CVE behind the id of a vendor', async () => {
    const behind = finding('ALAS2-2021-1732', { relatedIds: ['CVE-2021-44228'] });
    expect(await evidenceOf([behind], await portsWith())).toMatchObject([
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
    await evidenceOf([finding('CVE-1-1'), finding('CVE-1-2')], await portsWith({ kev }));
    expect(reads).toBe(1);
  });

  it('is not known of CISA before its list was loaded', async () => {
    const evidence = await evidenceOf([finding('CVE-2024-6119')], await portsWith({ kev: inMemoryKev() }));
    expect(evidence).toEqual([
      { kev: unknown('CISA’s list of known exploited vulnerabilities was never loaded'), details: DETAILS },
    ]);
  });

  it('is not known where the reading of the list is rejected for good', async () => {
    const kev = { ...inMemoryKev(), get: failing(new SekishoError('AWS_REJECTED', 'Reading CISA’s list failed: X')) };
    expect(await evidenceOf([finding('CVE-2024-6119')], await portsWith({ kev }))).toEqual([
      { kev: unknown('Reading CISA’s list failed: X'), details: DETAILS },
    ]);
  });

  it.each(['AWS_THROTTLED', 'AWS_UNAVAILABLE', 'AWS_DENIED'] as const)(
    'is looked up again where the table answers the list with %s, and the details are kept for then',
    async (code) => {
      const details = inMemoryDetails();
      const kev = { ...inMemoryKev(), get: failing(new SekishoError(code, 'Not now.')) };
      const ports = await portsWith({ kev, details });
      const findings = [finding('CVE-2024-6119'), finding('CVE-2021-44228', { status: 'closed' })];
      expect(await lookUpEvidence(findings, ports, NOW)).toMatchObject([{ error: { code } }, { error: { code } }]);
      expect(await details.claim('CVE-2024-6119', NOW)).toEqual({ granted: false, answer: DETAILS });
    },
  );

  it.each(['closed', 'suppressed'] as const)('of a %s finding is CISA’s only', async (status) => {
    const details = inMemoryDetails();
    const over = finding('CVE-2024-6119', { status });
    expect(await evidenceOf([over], await portsWith({ details }))).toEqual([
      { kev: NOT_LISTED, details: unknown('Inspector is asked about active findings only') },
    ]);
    expect(await details.claim('CVE-2024-6119', NOW)).toEqual({ granted: true });
  });

  it('of a closed finding is not that of an active one with the same vulnerability', async () => {
    const findings = [finding('CVE-2024-6119', { status: 'closed' }), finding('CVE-2024-6119')];
    const evidence = await evidenceOf(findings, await portsWith());
    expect(evidence).toMatchObject([{ details: { known: false } }, { details: DETAILS }]);
  });

  it('is waited for where another asks at this moment, by no finding of another vulnerability nor by what CISA lists', async () => {
    const details = inMemoryDetails();
    await details.claim('CVE-2024-6119', NOW);
    await details.claim('CVE-2021-44228', NOW);
    const findings = [
      finding('CVE-2024-6119'),
      finding('CVE-2021-44228'),
      finding('CVE-1-1'),
      finding('CVE-2024-6119', { status: 'closed' }),
    ];
    expect(await lookUpEvidence(findings, await portsWith({ details }), NOW)).toMatchObject([
      { ok: false, error: { code: 'EVIDENCE_AWAITED', retryable: true } },
      {
        value: {
          kev: { value: { listed: true } },
          details: unknown('Inspector was asked about it, and its answer is not here'),
        },
      },
      { value: { kev: NOT_LISTED, details: DETAILS } },
      { value: { kev: NOT_LISTED, details: unknown('Inspector is asked about active findings only') } },
    ]);
  });

  it.each(['AWS_THROTTLED', 'AWS_DENIED'] as const)(
    'is looked up again of the one vulnerability whose details the table answers with %s, listed or not',
    async (code) => {
      const memory = inMemoryDetails();
      const claim: typeof memory.claim = async (id, now) => {
        if (id === 'CVE-2021-44228') throw new SekishoError(code, 'Not now.');
        return memory.claim(id, now);
      };
      const ports = await portsWith({ details: { ...memory, claim } });
      const looked = await lookUpEvidence([finding('CVE-2021-44228'), finding('CVE-1-1')], ports, NOW);
      expect(looked).toMatchObject([{ error: { code } }, { value: { details: DETAILS } }]);
    },
  );
});
