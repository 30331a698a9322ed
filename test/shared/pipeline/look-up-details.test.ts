import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { Vulnerability } from '../../../shared/finding/finding.ts';
import { inMemoryDetails } from '../../../shared/memory/details.ts';
import { lookUpDetails } from '../../../shared/pipeline/look-up-details.ts';
import type { FindingDetailsStore } from '../../../shared/pipeline/ports.ts';
import { VULNERABILITY } from '../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const NEXT_DAY = new Date('2026-03-03T00:00:00.000Z');
const AWAITED = unknown('Inspector was asked about it today, and its answer is not here');
const DENIED = unknown('Inspector gave no details (ACCESS_DENIED)');

/** The finding's ARN names its vulnerability, for the eye. */
const finding = (vulnerabilityId: string, account = '111122223333'): Vulnerability => ({
  ...VULNERABILITY,
  vulnerabilityId,
  sourceId: `arn:${account}:${vulnerabilityId}`,
});

/** Answers each with its EPSS, and CVE-0-0 with a refusal; `asked` lists what came, call by call. */
const source = () => {
  const asked: (readonly string[])[] = [];
  const detailsOf = async (arns: readonly string[], askedOn: string) => {
    asked.push(arns);
    return arns.map((arn) => (arn.endsWith('CVE-0-0') ? DENIED : known({ askedOn, epss: 0.5 })));
  };
  return { detailsOf, asked };
};
const portsWith = (details: FindingDetailsStore = inMemoryDetails()) => ({ details, detailsSource: source() });
const answer = (askedOn: string) => known({ askedOn, epss: 0.5 });

describe('the details of vulnerabilities', () => {
  it('are asked for once for all findings of a vulnerability', async () => {
    const ports = portsWith();
    const findings = [finding('CVE-1-1'), finding('CVE-1-2'), finding('CVE-1-1')];
    expect(await lookUpDetails(findings, ports, NOW)).toEqual(
      new Map([
        ['CVE-1-1', answer('2026-03-02')],
        ['CVE-1-2', answer('2026-03-02')],
      ]),
    );
    expect(ports.detailsSource.asked).toEqual([['arn:111122223333:CVE-1-1', 'arn:111122223333:CVE-1-2']]);
  });

  it('are asked for also about a finding of another account: an administrator may know it', async () => {
    const ports = portsWith();
    await lookUpDetails([finding('CVE-1-1', '999988887777')], ports, NOW);
    expect(ports.detailsSource.asked).toEqual([['arn:999988887777:CVE-1-1']]);
  });

  it('are taken from the store for the rest of the day, and asked for anew on the next', async () => {
    const ports = portsWith();
    await lookUpDetails([finding('CVE-1-1')], ports, NOW);
    expect(await lookUpDetails([finding('CVE-1-1')], ports, NOW)).toEqual(new Map([['CVE-1-1', answer('2026-03-02')]]));
    expect(ports.detailsSource.asked).toHaveLength(1);
    expect(await lookUpDetails([finding('CVE-1-1')], ports, NEXT_DAY)).toEqual(
      new Map([['CVE-1-1', answer('2026-03-03')]]),
    );
    expect(ports.detailsSource.asked).toHaveLength(2);
  });

  it('that Inspector refuses are not known for the rest of the day, and not asked for again', async () => {
    const ports = portsWith();
    const refused = new Map([['CVE-0-0', DENIED]]);
    expect(await lookUpDetails([finding('CVE-0-0')], ports, NOW)).toEqual(refused);
    expect(await lookUpDetails([finding('CVE-0-0')], ports, NOW)).toEqual(refused);
    expect(ports.detailsSource.asked).toHaveLength(1);
  });

  it('that another is asking for are not known, and Inspector is not called', async () => {
    const ports = portsWith();
    await ports.details.claim('CVE-1-1', NOW);
    expect(await lookUpDetails([finding('CVE-1-1')], ports, NOW)).toEqual(new Map([['CVE-1-1', AWAITED]]));
    expect(ports.detailsSource.asked).toEqual([]);
  });

  it('that another is asking for are those of yesterday, where there are any', async () => {
    const ports = portsWith();
    await lookUpDetails([finding('CVE-1-1')], ports, NOW);
    await ports.details.claim('CVE-1-1', NEXT_DAY);
    expect(await lookUpDetails([finding('CVE-1-1')], ports, NEXT_DAY)).toEqual(
      new Map([['CVE-1-1', answer('2026-03-02')]]),
    );
  });

  it('are not known where their claim is rejected for good, and the others are asked for', async () => {
    const details = inMemoryDetails();
    const claim: FindingDetailsStore['claim'] = async (id, now) => {
      if (id === 'CVE-1-1') throw new SekishoError('AWS_REJECTED', 'Reading failed: ValidationException');
      return details.claim(id, now);
    };
    const ports = portsWith({ ...details, claim });
    expect(await lookUpDetails([finding('CVE-1-1'), finding('CVE-1-2')], ports, NOW)).toEqual(
      new Map<string, unknown>([
        ['CVE-1-1', unknown('Reading failed: ValidationException')],
        ['CVE-1-2', answer('2026-03-02')],
      ]),
    );
  });

  it('fail where the table fails, after those that were claimed are kept: the records come back to them', async () => {
    const details = inMemoryDetails();
    const claim: FindingDetailsStore['claim'] = async (id, now) => {
      if (id === 'CVE-1-1') throw new SekishoError('AWS_THROTTLED', 'Not now.');
      return details.claim(id, now);
    };
    const ports = portsWith({ ...details, claim });
    const lookingUp = lookUpDetails([finding('CVE-1-1'), finding('CVE-1-2')], ports, NOW);
    await expect(lookingUp).rejects.toMatchObject({ code: 'AWS_THROTTLED' });
    expect(await details.claim('CVE-1-2', NOW)).toEqual({ granted: false, answer: answer('2026-03-02') });
  });

  it('fail where an answer cannot be kept, after the others are', async () => {
    const details = inMemoryDetails();
    const put: FindingDetailsStore['put'] = async (id, given, now) => {
      if (id === 'CVE-1-1') throw new SekishoError('AWS_UNAVAILABLE', 'Not now.');
      await details.put(id, given, now);
    };
    const ports = portsWith({ ...details, put });
    const lookingUp = lookUpDetails([finding('CVE-1-1'), finding('CVE-1-2')], ports, NOW);
    await expect(lookingUp).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
    expect(await details.claim('CVE-1-2', NOW)).toEqual({ granted: false, answer: answer('2026-03-02') });
  });

  it('are asked for at most once per vulnerability and day, however the batches come', async () => {
    const batch = fc.record({
      ids: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }),
      day: fc.integer({ min: 1, max: 3 }),
    });
    const rounds = fc.array(fc.array(batch, { minLength: 1, maxLength: 3 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rounds, async (together) => {
        const asked: string[] = [];
        const detailsOf = async (arns: readonly string[], askedOn: string) => {
          asked.push(...arns.map((arn) => `${arn} on ${askedOn}`));
          return arns.map(() => known({ askedOn }));
        };
        const ports = { details: inMemoryDetails(), detailsSource: { detailsOf } };
        for (const batches of together)
          await Promise.all(
            batches.map(({ ids, day }) =>
              lookUpDetails(
                ids.map((id) => finding(`CVE-1-${id}`)),
                ports,
                new Date(Date.UTC(2026, 2, day)),
              ),
            ),
          );
        expect(asked).toEqual([...new Set(asked)]);
      }),
    );
  });
});
